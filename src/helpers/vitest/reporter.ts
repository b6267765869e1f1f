/**
 * The reporter of a Vitest run with budgets: `reporters: ['default', 'wiregauge/vitest/reporter']`, or `--reporter` on the
 * command line, as for `--merge-reports`.
 *
 * @module
 */

import type { Reporter, SerializedError, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { ReportedRun, type Streams } from './reported-run.ts'

/**
 * Vitest reporter beside the default one: writes `reports/latest.json` as results come, prints a line for each
 * measurement and the tables at the end, and sets the exit code of the run (`docs/reading-a-verdict.md`).
 */
export default class WiregaugeReporter implements Reporter {
  readonly #streams: Streams
  #vitest: Vitest | undefined
  /** The run at hand, or the last; in watch mode one after the other. */
  #run: ReportedRun | undefined

  constructor({ out = process.stdout, progress = process.stderr }: Partial<Streams> = {}) {
    this.#streams = { out, progress }
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
    // Once for all runs: how the process ends is said by the last of them.
    process.on('exit', (exitCode) => this.#run?.atExit(exitCode))
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    if (this.#vitest === undefined) return
    this.#run = await ReportedRun.begin(this.#vitest, specifications, this.#streams)
  }

  /** By then Vitest has forgotten whom it is to tell of the end of the run before. */
  onTestModuleQueued(): void {
    this.#run?.heedCancelling()
  }

  onTestCaseResult(test: TestCase): void {
    this.#run?.add(test)
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: string,
  ): Promise<void> {
    await this.#run?.end({ modules, unhandled, cancelled: reason === 'interrupted' })
  }

  /** In watch mode Vitest begins anew when its configuration changes, with a reporter that takes the place of this one. */
  onServerRestart(): void {
    this.#run = undefined
  }
}
