import { existsSync } from 'node:fs'
import { readBudgetFile } from '../budgets/budget-file.ts'
import { unmeasured } from '../budgets/completeness.ts'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { keepRun } from '../reports/history/keep-run.ts'
import { latestFile } from '../reports/latest-file.ts'
import { measuredLine, RunLog, type TextSink } from '../reports/run-log.ts'
import { writeStreaks } from '../reports/write-streaks.ts'
import type { Entry } from '../session/entry.ts'
import type { Project } from '../trees/project.ts'
import type { RunOptions } from './run-options.ts'

/** What a runner knows of a run that ends. */
export interface Ending {
  readonly interrupted: boolean
  /** Whether the runner left out the rest because of what had failed, as with `--bail`. Default false. */
  readonly bailed?: boolean
  /** Whether a test failed because the run's time was up. */
  readonly capReached: boolean
  readonly usageFailed: boolean
  /** Whether something failed of which the verdicts do not tell. */
  readonly otherFailure: boolean
  readonly strict: boolean
  /** Whether the run was of everything that the project's budgets are for. */
  readonly whole: boolean
  /** Whether it is no fault that nothing was measured. */
  readonly mayBeEmpty?: boolean
}

/** A run where its runner reports: its record is written as results come, and closed, kept and printed at the end. */
export class RecordedRun {
  readonly #project: Project
  readonly #out: TextSink
  readonly #progress: TextSink
  #log: RunLog | undefined
  #keep = 0
  #unwritable = false

  constructor(project: Project, { out, progress }: { out: TextSink; progress: TextSink }) {
    this.#project = project
    this.#out = out
    this.#progress = progress
  }

  /** Whether something was measured. */
  get measured(): boolean {
    return this.#log !== undefined
  }

  /** Takes results in, with a line for each measurement. The first begin the record. */
  add(entries: readonly Entry[], { seed, keep }: Pick<RunOptions, 'seed' | 'keep'>): void {
    if (entries.length === 0) return
    this.#keep = keep
    this.#log ??= new RunLog([latestFile(this.#project.reports, seed, (message) => this.say(message))], seed)
    this.#log.follow(() => entries)
    this.written(() => this.#log?.save())
    for (const { measurement } of entries) this.say(measuredLine(measurement))
  }

  /** Ends the run. @returns Its exit code (DESIGN section 5). */
  end({ interrupted, bailed = false, capReached, usageFailed, whole, mayBeEmpty = false, ...rest }: Ending): number {
    const isPartial = interrupted || bailed
    // What the cap left out was known, and has failed its test.
    const measuredNothing = !this.measured && !isPartial && !capReached && !mayBeEmpty
    // What is wrong may be why nothing was measured, and has been told.
    const measuredAll = whole && !isPartial && !capReached && !usageFailed && !measuredNothing
    const lost = measuredAll ? this.#unmeasured() : []
    const outcome = exitCodeOf({
      ...rest,
      interrupted,
      capReached,
      verdicts: this.#log?.verdicts ?? [],
      usage: usageFailed || measuredNothing || lost.length > 0,
      invalidMeasurements: (this.#log?.entries ?? []).some(({ measurement }) => measurement.state === 'invalid'),
    })
    const written = this.#close(isPartial ? 'partial' : 'complete', outcome)
    for (const { message } of lost) this.say(message)
    if (measuredNothing) this.say('the run measured nothing')
    return written ? outcome : exitCodes.usage
  }

  /**
   * Closes the record of a run whose process exits before its end, as runners do on Ctrl-C. Both the record and, where
   * streams are files, pipes or POSIX terminals, the tables are written synchronously.
   */
  cutOff(exitCode: number): void {
    if (this.#log?.isOpen) this.#close('partial', exitCode || exitCodes.interrupted)
  }

  /** Whether what is written is there; what keeps it from being is told once. */
  written(write: () => void): boolean {
    try {
      write()
      return true
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      if (!this.#unwritable) this.say(error.message)
      this.#unwritable = true
      return false
    }
  }

  say(message: string): void {
    this.#progress.write(`wiregauge: ${message}\n`)
  }

  #close(state: 'complete' | 'partial', exitCode: number): boolean {
    const log = this.#log
    if (log === undefined) return true
    const { reports, budgetFile } = this.#project
    const say = (message: string): void => this.say(message)
    const written = this.written(() => log.close(state, exitCode))
    keepRun(log.record, { reports, keep: this.#keep, say })
    // What a run that was cut off did not decide it might have decided with its whole time.
    if (state === 'complete' && existsSync(budgetFile)) {
      writeStreaks(reports, readBudgetFile(budgetFile), log.verdicts, say)
    }
    log.print(this.#out)
    return written
  }

  #unmeasured(): readonly Error[] {
    const measured = this.#log?.entries.map(({ measurement }) => measurement) ?? []
    return unmeasured(readBudgetFile(this.#project.budgetFile), measured)
  }
}
