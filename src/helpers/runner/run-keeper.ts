import { existsSync } from 'node:fs'
import path from 'node:path'
import { readBudgetFile } from '../budgets/budget-file.ts'
import { unmeasured } from '../budgets/completeness.ts'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { isFailure } from '../budgets/verdict.ts'
import { keepRun } from '../reports/history/keep-run.ts'
import { latestFile } from '../reports/latest-file.ts'
import { RunFolder, type TestReport } from '../reports/run-folder.ts'
import { measuredLine, RunLog, type TextSink } from '../reports/run-log.ts'
import { writeStreaks } from '../reports/write-streaks.ts'
import { type Project, projectAt } from '../trees/project.ts'
import { specFilesOf } from '../trees/spec-files.ts'
import { runVariable } from './run-at-hand.ts'
import { runOptionsFrom } from './run-options.ts'

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
  readonly #out: TextSink
  readonly #progress: TextSink
  #reports: readonly TestReport[] = []
  #log: RunLog | undefined
  #unwritable = false

  /**
   * Begins a run: what this process starts from now on belongs to it.
   *
   * @param root Of the project.
   */
  constructor(root: string, { out, progress }: { out: TextSink; progress: TextSink }) {
    this.#project = projectAt(root)
    this.#out = out
    this.#progress = progress
    this.#folder = new RunFolder(root, runOptionsFrom(process.env))
    process.env[runVariable] = this.#folder.path
    process.on('exit', (exitCode) => this.#exit(exitCode))
  }

  /** Takes in what tests have left since the last time. */
  update(): void {
    const entries = this.#take()
    if (entries.length === 0) return
    this.#log ??= this.#openLog()
    this.#written(() => this.#log?.save())
    for (const { measurement } of entries) this.#say(measuredLine(measurement))
  }

  /**
   * Ends the run: closes its record, keeps it in the history, and prints.
   *
   * @returns The exit code of DESIGN section 5; undefined when the run was none of budgets.
   */
  end(ended: EndOfRun): number | undefined {
    this.update()
    using _folder = this.#folder
    const ran = ended.files.filter((file) => path.dirname(path.resolve(file)) === this.#project.specs)
    if (ran.length === 0 && this.#log === undefined) return undefined
    const { interrupted } = ended
    const { strict } = this.#folder.context
    const codes = this.#reports.flatMap((report) => report.codes)
    // What a test caught itself has failed nothing.
    const failedBy = (code: string): boolean => ended.failures > 0 && codes.includes(code)
    const usageFailed = failedBy(usage) || (ended.loading ?? []).some(isUsageError)
    const capReached = failedBy(cap)
    // What the cap left out was known, and has failed its test.
    const measuredNothing = this.#log === undefined && !interrupted && !capReached
    // What is wrong may be why nothing was measured, and has been told.
    const lost =
      interrupted || capReached || usageFailed || measuredNothing || !this.#isWhole(ran, ended)
        ? []
        : this.#unmeasured()
    const outcome = exitCodeOf({
      verdicts: this.#log?.verdicts ?? [],
      usage: usageFailed || measuredNothing || lost.length > 0,
      otherFailure: ended.failures > this.#reports.filter((report) => isFailed(report, strict)).length,
      invalidMeasurements: (this.#log?.entries ?? []).some(({ measurement }) => measurement.state === 'invalid'),
      interrupted,
      capReached,
      strict,
    })
    const written = this.#written(() => this.#log?.close(interrupted ? 'partial' : 'complete', outcome))
    this.#keep()
    this.#log?.print(this.#out)
    for (const { message } of lost) this.#say(message)
    if (measuredNothing) this.#say('the run measured nothing')
    return written ? outcome : exitCodes.usage
  }

  #take(): TestReport['entries'] {
    const reports = this.#folder.takeReports()
    this.#reports = [...this.#reports, ...reports]
    return reports.flatMap(({ entries }) => entries)
  }

  #openLog(): RunLog {
    const { seed } = this.#folder.context
    const log = new RunLog([latestFile(this.#project.reports, seed, (message) => this.#say(message))], seed)
    log.follow(() => this.#reports.flatMap(({ entries }) => entries))
    return log
  }

  /** On Ctrl-C a runner exits without ending the run. */
  #exit(exitCode: number): void {
    using _folder = this.#folder
    if (!this.#log?.isOpen) return
    this.#take()
    this.#written(() => this.#log?.close('partial', exitCode || exitCodes.interrupted))
    this.#keep()
    this.#log.print(this.#out)
  }

  #keep(): void {
    if (this.#log === undefined) return
    const { reports, budgetFile } = this.#project
    const say = (message: string): void => this.#say(message)
    keepRun(this.#log.record, { reports, keep: this.#folder.context.keep, say })
    if (this.#log.record.state === 'complete' && existsSync(budgetFile)) {
      writeStreaks(reports, readBudgetFile(budgetFile), this.#log.verdicts, say)
    }
  }

  /** Whether a record that is written is there; what keeps it from being is told once. */
  #written(write: () => void): boolean {
    try {
      write()
      return true
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      if (!this.#unwritable) this.#say(error.message)
      this.#unwritable = true
      return false
    }
  }

  /** Whether the run was of everything that the project's budgets are for. */
  #isWhole(ran: readonly string[], { filtered }: EndOfRun): boolean {
    const names = new Set(ran.map((file) => path.basename(file)))
    return !filtered && specFilesOf(this.#project).every((name) => names.has(name))
  }

  #unmeasured(): readonly Error[] {
    const measured = this.#log?.entries.map(({ measurement }) => measurement) ?? []
    return unmeasured(readBudgetFile(this.#project.budgetFile), measured)
  }

  #say(message: string): void {
    this.#progress.write(`wiregauge: ${message}\n`)
  }
}

const usage = 'WIREGAUGE_USAGE'
const cap = 'WIREGAUGE_CAP'

/** Whether a test has failed by what it measured or left out, of which the exit code of the run tells. */
function isFailed({ entries, codes }: TestReport, strict: boolean): boolean {
  if (codes.includes(usage) || codes.includes(cap)) return true
  return entries.some(({ verdicts }) => verdicts.some((verdict) => isFailure(verdict, strict)))
}

function isUsageError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === usage
}
