import { exitCodeOfParts, exitCodes } from '../budgets/exit-code.ts'
import type { TextSink } from '../reports/run-log.ts'
import { RunNotes } from '../reports/run-notes.ts'
import { RunKeeper } from '../runner/run-keeper.ts'
import { runOptionsFrom } from '../runner/run-options.ts'

/** What Jest tells reporters of a test file, as far as it matters here. */
export interface JestFile {
  readonly path: string
  readonly context: { readonly config: { readonly rootDir: string } }
}

/** The results of a run of Jest, as far as they matter here. */
export interface JestResults {
  readonly wasInterrupted: boolean
  readonly testResults: readonly {
    readonly testFilePath: string
    readonly numFailingTests: number
    readonly testExecError?: unknown
  }[]
}

/**
 * One run of Jest: a run of ours for each root, as `projects` have several, because specs, budgets and reports are found from it.
 * They share seed and options.
 */
export class ProjectRuns {
  readonly #streams: { out: TextSink; progress: TextSink }
  readonly #options = runOptionsFrom(process.env)
  readonly #notes = new RunNotes()
  readonly #keepers = new Map<string, RunKeeper>()
  /** Roots by test file. */
  readonly #roots = new Map<string, string>()

  /** Begins: what this process starts from now on belongs to these runs. */
  constructor(streams: { out: TextSink; progress: TextSink }) {
    this.#streams = streams
  }

  /** Tells a file that is about to run where it belongs. */
  begin({ path: file, context }: JestFile): void {
    const { rootDir } = context.config
    const keeper = this.#keepers.get(rootDir) ?? new RunKeeper(rootDir, this.#streams, this.#options)
    this.#keepers.set(rootDir, keeper)
    this.#roots.set(file, rootDir)
    this.#notes.leave(file, keeper.folder)
  }

  /** Takes in what tests have left since the last time. */
  update(): void {
    for (const keeper of this.#keepers.values()) keeper.update()
  }

  /**
   * Ends the runs.
   *
   * @param filtered Whether tests were left out by their names.
   * @returns The exit code of DESIGN section 5 for all of them; undefined when none was of budgets.
   */
  end({ testResults, wasInterrupted }: JestResults, filtered: boolean): number | undefined {
    const codes = [...this.#keepers].flatMap(([root, keeper]) => {
      const results = testResults.filter(({ testFilePath }) => this.#roots.get(testFilePath) === root)
      const loading = results.flatMap(({ testExecError }) => testExecError ?? [])
      const failures = results.reduce((sum, { numFailingTests }) => sum + numFailingTests, loading.length)
      const files = results.map(({ testFilePath }) => testFilePath)
      const exitCode = keeper.end({ files, filtered, failures, loading, interrupted: wasInterrupted })
      return exitCode ?? (failures > 0 ? exitCodes.regressed : [])
    })
    this.#notes[Symbol.dispose]()
    return codes.length === 0 ? undefined : exitCodeOfParts(codes)
  }

  /** Closes the runs when the process exits before their end. */
  cutOff(exitCode: number): void {
    for (const keeper of this.#keepers.values()) keeper.cutOff(exitCode)
    this.#notes[Symbol.dispose]()
  }
}
