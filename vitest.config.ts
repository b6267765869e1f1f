import { defineConfig } from 'vitest/config'
import { requireNode } from './src/helpers/session/require-node.ts'

// Before anything of ours is loaded, which an older Node could not even read.
requireNode(process.versions.node)

/** Everything that measures runs alone, one file after the other: two measurements at once would measure each other. */
const alone = { fileParallelism: false, maxWorkers: 1 }

/** Beyond what a run may take by its cap, so that no test and no hook ends while it waits for its turn. */
const waitMs = 3_600_000

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
        test: { name: 'unit', include: ['{src,bin}/**/*.test.ts'], maxWorkers: '100%', sequence: { groupOrder: 0 } },
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
      {
        // The budgets. Retries stay at 0: more evidence is the retry.
        test: {
          name: 'gate',
          include: ['perf/*.test.ts'],
          setupFiles: ['src/helpers/vitest/setup.ts'],
          globalSetup: ['src/helpers/vitest/global-setup.ts'],
          // Every wait inside has its own limit, and the cap of the run ends the rest; this one is for waiting until others
          // on the machine have measured, and for the turn of a look: all tests of a file begin at the same time.
          testTimeout: waitMs,
          hookTimeout: waitMs,
          retry: 0,
          // What is open in one test gets its further looks while others are measured; one measures at a time all the same.
          sequence: { groupOrder: 2, concurrent: true },
          maxConcurrency: 1_000,
          ...alone,
        },
      },
    ],
  },
})
