import { fileURLToPath } from 'node:url'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { siblingModule } from '../sibling-module.ts'

export interface BudgetProjectOptions {
  /** Default `gate`. */
  readonly name?: string
  /** Patterns of the specs, from the root. Default `perf/*.test.ts`, which the command reads, too. */
  readonly include?: readonly string[]
  /** Vitest's `sequence.groupOrder`: projects of a lower one have ended before anything is measured. Default 1. */
  readonly groupOrder?: number
}

/** Beyond what a run may take by its cap, so that no test and no hook ends while it waits for its turn. */
const waitMs = 3_600_000

/**
 * The Vitest project of the budgets, an entry of `test.projects`. The reporter, which sets the exit code, is none of a
 * project's and stands beside: `reporters: ['default', 'wiregauge/vitest/reporter']`.
 */
export function budgetProject({
  name = 'gate',
  include = ['perf/*.test.ts'],
  groupOrder = 1,
}: BudgetProjectOptions = {}): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [...include],
      setupFiles: [addressOf('./setup')],
      globalSetup: [addressOf('./global-setup')],
      // Every wait inside has its own limit, and the cap of the run ends the rest; this one is for waiting until others
      // on the machine have measured, and for the turn of a look: all tests of a file begin at the same time.
      testTimeout: waitMs,
      hookTimeout: waitMs,
      // More evidence is the retry.
      retry: 0,
      // What is open in one test gets its further looks while others are measured; one measures at a time all the same.
      sequence: { groupOrder, concurrent: true },
      maxConcurrency: 1_000,
      // One file after the other: two measurements at once would measure each other.
      fileParallelism: false,
      maxWorkers: 1,
    },
  }
}

function addressOf(place: string): string {
  return fileURLToPath(siblingModule(import.meta.url, place))
}
