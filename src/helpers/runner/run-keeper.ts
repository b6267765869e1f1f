import path from 'node:path'
import { isFailure } from '../budgets/verdict.ts'
import { RunFolder, type TestReport } from '../reports/run-folder.ts'
import type { TextSink } from '../reports/run-log.ts'
import { type Project, projectAt } from '../trees/project.ts'
import { specFilesOf } from '../trees/spec-files.ts'
import { capCode, hasCode, usageCode } from './error-codes.ts'
import { RecordedRun } from './recorded-run.ts'
import { type RunOptions, runOptionsFrom } from './run-options.ts'

/** How a run ended, as its runner tells it. */
export interface EndOfRun {
  /** Files that ran, each with its whole path. */
  readonly files: readonly string[]
  /** Whether of these files some tests were left out, as by a pattern of names. */
  readonly filtered: boolean
  /** How many tests failed, and files that could not be loaded. */
  readonly failures: number
  /** Errors by which files could not be loaded. */
  readonly loading?: readonly unknown[]
  readonly interrupted: boolean
}

/**
 * Keeps what the tests of a run leave in its folder: writes the record as results come, with a line for each measurement, and
 * prints the tables at the end. Runners whose tests are in other processes or realms have one where they report.
 */
export class RunKeeper {
  readonly #project: Project
  readonly #folder: RunFolder
  readonly #run: RecordedRun
  #reports: readonly TestReport[] = []
  #ended = false

  /**
   * Begins a run.
   *
   * @param root Of the project.
   * @param options Default: those of the environment.
   */
  constructor(
    root: string,
    streams: { out: TextSink; progress: TextSink },
    options: RunOptions = runOptionsFrom(process.env),
  ) {
    this.#project = projectAt(root)
    this.#run = new RecordedRun(this.#project, streams)
    this.#folder = new RunFolder(root, options)
  }

  /** Where its tests leave what they have to tell. */
  get folder(): string {
    return this.#folder.path
  }

  /** Takes in what tests have left since the last time. */
  update(): void {
    const reports = this.#folder.takeReports()
    this.#reports = [...this.#reports, ...reports]
    this.#run.add(
      reports.flatMap(({ entries }) => entries),
      this.#folder.context,
    )
  }

  /**
   * Ends the run: closes its record, keeps it in the history, and prints.
   *
   * @returns The exit code of DESIGN section 5; undefined when the run was none of budgets.
   */
  end(ended: EndOfRun): number | undefined {
    this.update()
    using _folder = this.#folder
    this.#ended = true
    const ran = ended.files.filter((file) => path.dirname(path.resolve(file)) === this.#project.specs)
    const { strict } = this.#folder.context
    const codes = this.#reports.flatMap((report) => report.codes)
    // What a test caught itself has failed nothing.
    const failedBy = (code: string): boolean => ended.failures > 0 && codes.includes(code)
    const usageFailed = failedBy(usageCode) || (ended.loading ?? []).some((error) => hasCode(error, usageCode))
    // Whatever file it is in, a test that fails by wrong usage of ours is one of ours.
    if (ran.length === 0 && !this.#run.measured && !usageFailed) return undefined
    return this.#run.end({
      interrupted: ended.interrupted,
      capReached: failedBy(capCode),
      usageFailed,
      otherFailure: ended.failures > this.#reports.filter((report) => isFailed(report, strict)).length,
      strict,
      whole: this.#isWhole(ran, ended),
    })
  }

  /** Closes a run that has not ended when its process exits, as runners do on Ctrl-C. */
  cutOff(exitCode: number): void {
    if (this.#ended) return
    using _folder = this.#folder
    this.update()
    this.#run.cutOff(exitCode)
  }

  #isWhole(ran: readonly string[], { filtered }: EndOfRun): boolean {
    const names = new Set(ran.map((file) => path.basename(file)))
    return !filtered && specFilesOf(this.#project).every((name) => names.has(name))
  }
}

/** Whether a test has failed by what it measured or left out, of which the exit code of the run tells. */
function isFailed({ entries, codes }: TestReport, strict: boolean): boolean {
  if (codes.includes(usageCode) || codes.includes(capCode)) return true
  return entries.some(({ verdicts }) => verdicts.some((verdict) => isFailure(verdict, strict)))
}
