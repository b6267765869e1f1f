import { defineConfig } from 'vitest/config'

/** Everything that measures runs alone, one file after the other: two measurements at once would measure each other. */
const alone = { fileParallelism: false, maxWorkers: 1 }

export default defineConfig({
  test: {
    reporters: ['default', './src/helpers/vitest/reporter.ts'],
    projects: [
      {
        // Pure functions, and servers and clients on loopback; no test here asserts a duration.
        test: { name: 'unit', include: ['src/**/*.test.ts'], sequence: { groupOrder: 0 } },
      },
      {
        // Whole runs on small projects that must go red, or stay green; each measures, so each takes seconds.
        test: {
          name: 'red',
          include: ['fixtures/**/*.red.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
          // Every wait inside has its own limit; this one is for waiting until others on the machine have measured.
          testTimeout: 600_000,
          retry: 0,
          sequence: { groupOrder: 2 },
          ...alone,
        },
      },
    ],
  },
})
