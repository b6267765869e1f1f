import { defineConfig } from 'vitest/config'
import { requireNode } from './src/helpers/session/require-node.ts'
import { budgetProject } from './src/helpers/vitest/project.ts'

// Before anything of ours is loaded, which an older Node could not even read.
requireNode(process.versions.node)

/** Everything that measures runs alone, one file after the other: two measurements at once would measure each other. */
const alone = { fileParallelism: false, maxWorkers: 1 }

export default defineConfig({
  test: {
    // Words of the command line: `npm test` and `npm run perf` leave out what is wide, `npm run test:wide` runs it.
    tags: [
      { name: 'wide', description: 'takes longer than the gate may: more clients and scenarios, and whole procedures' },
      { name: 'nightly', description: 'of what is wide, what CI has no time for either' },
      { name: 'browser', description: 'needs a browser, which is no package: `npm run test:browser`' },
    ],
    reporters: ['default', './src/helpers/vitest/reporter.ts'],
    projects: [
      {
        // Pure functions, and servers and clients on loopback; no test here asserts a duration, but
        // for the one of how soon a browser paints a page.
        // By default Vitest leaves one core alone.
        test: {
          name: 'unit',
          include: ['{src,bin,scripts,docs}/**/*.test.ts'],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole runs on small projects that must go red, or stay green; each measures, and spreads its looks over a minute.
        test: {
          name: 'red',
          include: ['fixtures/**/*.red.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
          ...alone,
        },
      },
      // The budgets.
      budgetProject({ groupOrder: 2 }),
      {
        // The packed package, installed outside of the repository: needs the registry, and is none of `npm test`.
        test: {
          name: 'package',
          include: ['fixtures/package/*.test.ts'],
          globalSetup: ['fixtures/package/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
          ...alone,
        },
      },
    ],
  },
})
