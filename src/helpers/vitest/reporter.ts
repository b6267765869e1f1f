import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { readBudgetFile } from '../budgets/budget-file.ts'
import { unmeasured } from '../budgets/completeness.ts'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { isFailure, type Verdict } from '../budgets/verdict.ts'
import { defaultKeep, keepRun } from '../reports/history/keep-run.ts'
import { latestFile } from '../reports/latest-file.ts'
import { measuredLine, RunLog } from '../reports/run-log.ts'
import { writeStreaks } from '../reports/write-streaks.ts'
import type { RunContext } from '../runner/run-context.ts'
import { projectAt } from '../trees/project.ts'
import { specFilesOf } from '../trees/spec-files.ts'
import './context.ts'
import { lacksOfMerge, printMerged, writeMerged } from './merge-end.ts'
import { MergedRuns } from './merged-runs.ts'
import { isWholeRun } from './whole-run.ts'

/**
 * Vitest reporter beside the default one: writes `reports/latest.json` as results come, prints a line for each
 * measurement and the tables at the end, and sets the exit code of the run (DESIGN section 5).
 */
export default class WiregaugeReporter implements Reporter {
  readonly #out: NodeJS.WritableStream
  readonly #progress: NodeJS.WritableStream
  #vitest: Vitest | undefined
  #project = projectAt(process.cwd())
  #log: RunLog | undefined
  #specs = 0
  #whole = false
  /** Tests of projects with budgets that were run, and not left out by a filter. */
  #tests = 0
  #usageFailures = 0
  #otherFailures = 0
  #capReached = false
  #unwritable = false
  #strict = false
  #keep = defaultKeep
  /** Under `--merge-reports`: what the tests of earlier runs bring along. Nothing is measured then. */
  #merged: MergedRuns | undefined

  constructor(streams: { out?: NodeJS.WritableStream; progress?: NodeJS.WritableStream } = {}) {
    this.#out = streams.out ?? process.stdout
    this.#progress = streams.progress ?? process.stderr
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
    this.#project = projectAt(vitest.config.root)
    if (vitest.config.mergeReports) this.#merged = new MergedRuns()
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#specs = specifications.filter(({ moduleId }) => this.#isSpec(moduleId)).length
    this.#whole = this.#vitest !== undefined && (await isWholeRun(this.#vitest, specifications))
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result()
    const { state } = result
    // One that has passed keeps the errors of its earlier tries.
    const errors = state === 'failed' ? result.errors : []
    const entries = test.meta().wiregauge ?? []
    const origin = test.meta().wiregaugeRun
    // Tests of projects without budgets know nothing of it, and may end after those that do.
    const context = test.project.getProvidedContext().wiregauge as RunContext | undefined
    this.#strict ||= (this.#merged === undefined ? context?.strict : origin?.strict) ?? false
    const failedVerdicts = entries.flatMap(({ verdicts }) => verdicts).filter((each) => isFailure(each, this.#strict))
    if (errors.some(isUsageError)) this.#usageFailures++
    else if (errors.some(isCapReached)) this.#capReached = true
    else if (errors.length > 0 && failedVerdicts.length === 0) this.#otherFailures++
    if (this.#merged !== undefined && origin !== undefined) {
      const { id, fullName, module, project } = test
      const name = [project.name, module.relativeModuleId, fullName].filter(Boolean).join(' > ')
      this.#merged.add({ id, name, project: project.name, origin, entries })
    }
    if (context === undefined || this.#merged !== undefined) return
    if (state !== 'skipped') this.#tests++
    if (entries.length === 0) return
    const log = this.#log ?? this.#openLog(context)
    this.#log = log
    log.follow(() => entries)
    this.#written(() => log.save())
    for (const { measurement } of entries) this.#say(measuredLine(measurement))
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: string,
  ): Promise<void> {
    if (this.#vitest !== undefined && this.#merged !== undefined) {
      return await this.#endMerge(this.#vitest, this.#merged, modules, unhandled)
    }
    if (this.#specs === 0 && !(this.#whole && this.#hasBudgets())) return
    const interrupted = reason === 'interrupted'
    const failedToLoad = modules.flatMap((module) => module.errors())
    const usageFailed = this.#usageFailures > 0 || [...failedToLoad, ...unhandled].some(isUsageError)
    // What the cap left out was known, and has failed its test.
    const measuredNothing = this.#log === undefined && !interrupted && !this.#capReached && !this.#isEmptyShard
    // What is wrong may be why nothing was measured, and has been told.
    const measuredAll = this.#whole && !interrupted && !this.#capReached
    const lost = measuredAll && !usageFailed && !measuredNothing ? this.#unmeasured() : []
    const entries = this.#log?.entries ?? []
    const outcome = exitCodeOf({
      verdicts: this.#log?.verdicts ?? [],
      usage: usageFailed || measuredNothing || lost.length > 0,
      otherFailure: this.#otherFailures > 0 || failedToLoad.length > 0 || unhandled.length > 0,
      invalidMeasurements: entries.some(({ measurement }) => measurement.state === 'invalid'),
      interrupted,
      capReached: this.#capReached,
      strict: this.#strict,
    })
    const written = this.#written(() => this.#log?.close(interrupted ? 'partial' : 'complete', outcome))
    const exitCode = written ? outcome : exitCodes.usage
    if (this.#log !== undefined) {
      this.#keepRun(this.#log)
      this.#keepStreaks(this.#log.verdicts)
    }
    this.#log?.print(this.#out)
    for (const { message } of lost) this.#say(message)
    if (measuredNothing) this.#say('the run measured nothing')
    if (this.#isEmptyShard) this.#say('no test of this shard was asked for, so that it measured nothing')
    if (exitCode !== exitCodes.pass) setExitCode(exitCode)
  }

  /** The verdicts were reached where they were measured; what is left is whether they are all, and the exit code. */
  async #endMerge(
    vitest: Vitest,
    runs: MergedRuns,
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
  ): Promise<void> {
    const specs = modules.filter(({ relativeModuleId }) =>
      this.#isSpec(path.join(vitest.config.root, relativeModuleId)),
    )
    if (specs.length === 0) return
    if (runs.conflicts.length > 0) {
      for (const conflict of runs.conflicts) this.#say(conflict)
      setExitCode(exitCodes.usage)
      return
    }
    const failedToLoad = modules.flatMap((module) => module.errors())
    const usageFailed = this.#usageFailures > 0 || [...failedToLoad, ...unhandled].some(isUsageError)
    const { entries } = runs
    const measuredNothing = entries.length === 0 && !this.#capReached
    const lacks = usageFailed || measuredNothing ? [] : await lacksOfMerge(vitest, modules, runs, this.#project)
    const outcome = exitCodeOf({
      verdicts: entries.flatMap(({ verdicts }) => verdicts),
      usage: usageFailed || measuredNothing || lacks.length > 0,
      otherFailure: this.#otherFailures > 0 || failedToLoad.length > 0 || unhandled.length > 0,
      invalidMeasurements: entries.some(({ measurement }) => measurement.state === 'invalid'),
      interrupted: false,
      capReached: this.#capReached,
      strict: this.#strict,
    })
    const records = runs.records(outcome)
    printMerged(records, this.#out)
    for (const lack of lacks) this.#say(lack)
    if (measuredNothing) this.#say('the merged runs measured nothing')
    const written = this.#written(() => writeMerged(records, this.#project.reports, (message) => this.#say(message)))
    const exitCode = written ? outcome : exitCodes.usage
    if (exitCode !== exitCodes.pass) setExitCode(exitCode)
  }

  /**
   * Opens the log, and closes it at the exit of the process where that comes first: on Ctrl-C Vitest exits without ending
   * the run. Both the record and, where streams are files, pipes or POSIX terminals, the tables are written synchronously.
   */
  #openLog({ seed, keep }: RunContext): RunLog {
    this.#keep = keep
    const log = new RunLog([latestFile(this.#project.reports, seed, (message) => this.#say(message))], seed)
    process.on('exit', (exitCode) => {
      if (!log.isOpen) return
      this.#written(() => log.close('partial', exitCode || exitCodes.interrupted))
      this.#keepRun(log)
      log.print(this.#out)
    })
    return log
  }

  #keepRun(log: RunLog): void {
    keepRun(log.record, { reports: this.#project.reports, keep: this.#keep, say: (message) => this.#say(message) })
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

  #say(message: string): void {
    this.#progress.write(`wiregauge: ${message}\n`)
  }

  /** A shard may get files of which a filter leaves out every test; whether all shards together measured all is told by merging. */
  get #isEmptyShard(): boolean {
    return this.#vitest?.config.shard !== undefined && this.#tests === 0 && this.#specs > 0
  }

  #hasBudgets(): boolean {
    return existsSync(this.#project.budgetFile) || specFilesOf(this.#project).length > 0
  }

  #keepStreaks(verdicts: readonly Verdict[]): void {
    if (existsSync(this.#project.budgetFile)) {
      const budgets = readBudgetFile(this.#project.budgetFile)
      writeStreaks(this.#project.reports, budgets, verdicts, (message) => this.#say(message))
    }
  }

  #unmeasured(): readonly Error[] {
    const measured = this.#log?.entries.map(({ measurement }) => measurement) ?? []
    return unmeasured(readBudgetFile(this.#project.budgetFile), measured)
  }

  #isSpec(moduleId: string): boolean {
    return path.dirname(path.normalize(moduleId)) === this.#project.specs
  }
}

function isUsageError(error: { readonly [name: string]: unknown }): boolean {
  return error['code'] === 'WIREGAUGE_USAGE'
}

function isCapReached(error: { readonly [name: string]: unknown }): boolean {
  return error['code'] === 'WIREGAUGE_CAP'
}

/** Vitest sets its own code, 1 for any failure, after its reporters have ended; the last word is at the exit. */
function setExitCode(exitCode: number): void {
  process.on('exit', () => {
    process.exitCode = exitCode
  })
}
