import { existsSync } from 'node:fs'
import path from 'node:path'
import type { SerializedError, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { isFailure } from '../budgets/verdict.ts'
import { capCode, hasCode, usageCode } from '../runner/error-codes.ts'
import { RecordedRun } from '../runner/recorded-run.ts'
import type { RunContext } from '../runner/run-context.ts'
import { type Project, projectAt } from '../trees/project.ts'
import { specFilesOf } from '../trees/spec-files.ts'
import './context.ts'
import { lacksOfMerge, printMerged, writeMerged } from './merge-end.ts'
import { MergedRuns } from './merged-runs.ts'
import { isWholeRun } from './whole-run.ts'

/** Where a run is told. */
export interface Streams {
  readonly out: NodeJS.WritableStream
  readonly progress: NodeJS.WritableStream
}

/** How Vitest ends a run. */
export interface VitestEnd {
  readonly modules: readonly TestModule[]
  readonly unhandled: readonly SerializedError[]
  /** Whether it left out the rest, be it that somebody wanted it to or that a test had failed. */
  readonly cancelled: boolean
}

/** One run of Vitest, as its tests are told of: in watch mode every rerun is another one, which knows nothing of the last. */
export class ReportedRun {
  readonly #vitest: Vitest
  readonly #out: NodeJS.WritableStream
  readonly #project: Project
  readonly #run: RecordedRun
  readonly #specs: number
  readonly #whole: boolean
  /** Under `--merge-reports`: what the tests of earlier runs bring along. Nothing is measured then. */
  readonly #merged: MergedRuns | undefined
  /** Tests of projects with budgets that were run, and not left out by a filter. */
  #tests = 0
  #usageFailures = 0
  #otherFailures = 0
  #capReached = false
  #strict = false
  #exitCode: number | undefined
  /** Why Vitest has cancelled the run so far; undefined until it is asked to say so. */
  #cancelReasons: string[] | undefined

  private constructor(vitest: Vitest, specifications: readonly TestSpecification[], whole: boolean, streams: Streams) {
    this.#vitest = vitest
    this.#out = streams.out
    this.#project = projectAt(vitest.config.root)
    this.#run = new RecordedRun(this.#project, streams)
    this.#specs = specifications.filter(({ moduleId }) => this.#isSpec(moduleId)).length
    this.#whole = whole
    this.#merged = vitest.config.mergeReports ? new MergedRuns() : undefined
  }

  /** Begins a run. @param specifications What of the tests was asked for. */
  static async begin(vitest: Vitest, specifications: readonly TestSpecification[], streams: Streams) {
    return new ReportedRun(vitest, specifications, await isWholeRun(vitest, specifications), streams)
  }

  /** Has Vitest say why it cancels the run, if it does, of which its end tells only that it has. */
  heedCancelling(): void {
    if (this.#cancelReasons !== undefined) return
    const reasons: string[] = []
    this.#vitest.onCancel((reason) => void reasons.push(reason))
    this.#cancelReasons = reasons
  }

  /** Takes in a test that has ended. */
  add(test: TestCase): void {
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
    else if (errors.some((error) => hasCode(error, capCode))) this.#capReached = true
    else if (errors.length > 0 && failedVerdicts.length === 0) this.#otherFailures++
    if (this.#merged !== undefined && origin !== undefined) {
      const { id, fullName, module, project } = test
      const name = [project.name, module.relativeModuleId, fullName].filter(Boolean).join(' > ')
      this.#merged.add({ id, name, project: project.name, origin, entries })
    }
    if (context === undefined || this.#merged !== undefined) return
    if (state !== 'skipped') this.#tests++
    this.#run.add(entries, context)
  }

  /** Ends the run: its record, its tables, and the exit code that {@link atExit} sets. */
  async end(ended: VitestEnd): Promise<void> {
    const exitCode = this.#merged === undefined ? this.#end(ended) : await this.#endMerge(this.#merged, ended)
    if (exitCode !== exitCodes.pass) this.#exitCode = exitCode
  }

  /**
   * Has the last word when the process ends: Vitest sets its own code, 1 for any failure, after its reporters have ended.
   *
   * @param exitCode With which it ends so far.
   */
  atExit(exitCode: number): void {
    this.#run.cutOff(exitCode)
    if (this.#exitCode !== undefined) process.exitCode = this.#exitCode
  }

  #end({ modules, unhandled, cancelled }: VitestEnd): number {
    if (this.#specs === 0 && !(this.#whole && this.#hasBudgets())) return exitCodes.pass
    const bailed = cancelled && this.#isBailing
    const exitCode = this.#run.end({
      ...this.#failures(modules, unhandled),
      interrupted: cancelled && !bailed,
      bailed,
      whole: this.#whole,
      mayBeEmpty: this.#isEmptyShard,
    })
    if (this.#isEmptyShard) this.#run.say('no test of this shard was asked for, so that it measured nothing')
    return exitCode
  }

  /** The verdicts were reached where they were measured; what is left is whether they are all, and the exit code. */
  async #endMerge(runs: MergedRuns, { modules, unhandled }: VitestEnd): Promise<number> {
    const { root } = this.#vitest.config
    const specs = modules.filter(({ relativeModuleId }) => this.#isSpec(path.join(root, relativeModuleId)))
    if (specs.length === 0) return exitCodes.pass
    if (runs.conflicts.length > 0) {
      for (const conflict of runs.conflicts) this.#run.say(conflict)
      return exitCodes.usage
    }
    const { usageFailed, ...failures } = this.#failures(modules, unhandled)
    const { entries } = runs
    const measuredNothing = entries.length === 0 && !this.#capReached
    const lacks = usageFailed || measuredNothing ? [] : await lacksOfMerge(this.#vitest, modules, runs, this.#project)
    const outcome = exitCodeOf({
      verdicts: entries.flatMap(({ verdicts }) => verdicts),
      ...failures,
      usage: usageFailed || measuredNothing || lacks.length > 0,
      invalidMeasurements: entries.some(({ measurement }) => measurement.state === 'invalid'),
      interrupted: false,
    })
    const records = runs.records(outcome)
    printMerged(records, this.#out)
    for (const lack of lacks) this.#run.say(lack)
    if (measuredNothing) this.#run.say('the merged runs measured nothing')
    const say = (message: string): void => this.#run.say(message)
    const written = this.#run.written(() => writeMerged(records, this.#project.reports, say))
    return written ? outcome : exitCodes.usage
  }

  /** Whether nothing but `--bail` has cancelled the run. */
  get #isBailing(): boolean {
    const reasons = this.#cancelReasons ?? []
    return reasons.length > 0 && reasons.every((reason) => reason === 'test-failure')
  }

  /** A shard may get files of which a filter leaves out every test; whether all shards together measured all is told by merging. */
  get #isEmptyShard(): boolean {
    return this.#vitest.config.shard !== undefined && this.#tests === 0 && this.#specs > 0
  }

  /** How the run failed otherwise than by its verdicts. */
  #failures(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    const failedToLoad = modules.flatMap((module) => module.errors())
    return {
      usageFailed: this.#usageFailures > 0 || [...failedToLoad, ...unhandled].some(isUsageError),
      otherFailure: this.#otherFailures > 0 || failedToLoad.length > 0 || unhandled.length > 0,
      capReached: this.#capReached,
      strict: this.#strict,
    }
  }

  #hasBudgets(): boolean {
    return existsSync(this.#project.budgetFile) || specFilesOf(this.#project).length > 0
  }

  #isSpec(moduleId: string): boolean {
    return path.dirname(path.normalize(moduleId)) === this.#project.specs
  }
}

function isUsageError(error: unknown): boolean {
  return hasCode(error, usageCode)
}
