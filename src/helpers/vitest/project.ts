/**
 * The entry of a Vitest configuration that runs the specs with budgets apart from all other tests.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { UsageError } from '../budgets/usage-error.ts'
import { siblingModule } from '../sibling-module.ts'
import { manifestOf } from '../trees/manifest-of.ts'

export interface BudgetProjectOptions {
  /** Default `gate`. */
  readonly name?: string
  /** Patterns of the specs, from the root. Default `perf/*.test.ts`; the command reads these and `perf/*.perf.ts`. */
  readonly include?: readonly string[]
  /** Vitest's `sequence.groupOrder`: projects of a lower one have ended before anything is measured. Default 1. */
  readonly groupOrder?: number
  /** The project's folder, whose Vitest is looked at. Default: the working folder. */
  readonly root?: string
}

/** The first version whose set-up files can wrap tests. */
const oldestVitest = 5

/** Beyond what a run may take by its cap, so that no test and no hook ends while it waits for its turn. */
const waitMs = 3_600_000

/**
 * The Vitest project of the budgets, an entry of `test.projects`. The reporter, which sets the exit code, is none of a
 * project's and stands beside: `reporters: ['default', 'wiregauge/vitest/reporter']`.
 *
 * @throws {UsageError} when the project's Vitest is older than 5. Not a peer's range: that would refuse to install beside an
 *   older one, where the command runs the same specs.
 */
export function budgetProject({
  name = 'gate',
  include = ['perf/*.test.ts'],
  groupOrder = 1,
  root = process.cwd(),
}: BudgetProjectOptions = {}): TestProjectInlineConfiguration {
  requireVitest(root)
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

function requireVitest(root: string): void {
  const manifest = manifestOf('vitest', path.join(root, 'package.json'))
  // Installed where only Vitest itself knows: its own messages have to do.
  if (manifest === undefined) return
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
  if (Number.parseInt(version, 10) >= oldestVitest) return
  throw new UsageError(
    `this is Vitest ${version}; the project of the budgets needs Vitest ${oldestVitest} or newer. Update it, or run the specs ` +
      'without Vitest: `npx wiregauge run`.',
  )
}
