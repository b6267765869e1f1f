/**
 * The reporter of a Vitest run with budgets: `reporters: ['default', 'wiregauge/vitest/reporter']`, or `--reporter` on the
 * command line, as for `--merge-reports`.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { isFailure } from '../budgets/verdict.ts'
import { capCode, hasCode, usageCode } from '../runner/error-codes.ts'
import { RecordedRun } from '../runner/recorded-run.ts'
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
  #run: RecordedRun
  #specs = 0
  #whole = false
  /** Tests of projects with budgets that were run, and not left out by a filter. */
  #tests = 0
  #usageFailures = 0
  #otherFailures = 0
  #capReached = false
  #strict = false
  /** Under `--merge-reports`: what the tests of earlier runs bring along. Nothing is measured then. */
  #merged: MergedRuns | undefined

  constructor(streams: { out?: NodeJS.WritableStream; progress?: NodeJS.WritableStream } = {}) {
    this.#out = streams.out ?? process.stdout
    this.#progress = streams.progress ?? process.stderr
    this.#run = this.#recordedRun()
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
    this.#project = projectAt(vitest.config.root)
    this.#run = this.#recordedRun()
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
    else if (errors.some((error) => hasCode(error, capCode))) this.#capReached = true
    else if (errors.length > 0 && failedVerdicts.length === 0) this.#otherFailures++
    if (this.#merged !== undefined && origin !== undefined) {
      const { id, fullName, module, project } = test
      const name = [project.name, module.relativeModuleId, fullName].filter(Boolean).join(' > ')
      this.#merged.add({ id, name, project: project.name, origin, entries })
    }
    if (context === undefined || this.#merged !== undefined) return
    if (state !== 'skipped') this.#tests++
    if (!this.#run.measured && entries.length > 0) process.on('exit', (exitCode) => this.#run.cutOff(exitCode))
    this.#run.add(entries, context)
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
    const exitCode = this.#run.end({
      ...this.#failures(modules, unhandled),
      interrupted: reason === 'interrupted',
      whole: this.#whole,
      mayBeEmpty: this.#isEmptyShard,
    })
    if (this.#isEmptyShard) this.#run.say('no test of this shard was asked for, so that it measured nothing')
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
      for (const conflict of runs.conflicts) this.#run.say(conflict)
      setExitCode(exitCodes.usage)
      return
    }
    const { usageFailed, ...failures } = this.#failures(modules, unhandled)
    const { entries } = runs
    const measuredNothing = entries.length === 0 && !this.#capReached
    const lacks = usageFailed || measuredNothing ? [] : await lacksOfMerge(vitest, modules, runs, this.#project)
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
    const exitCode = written ? outcome : exitCodes.usage
    if (exitCode !== exitCodes.pass) setExitCode(exitCode)
  }

  /** A shard may get files of which a filter leaves out every test; whether all shards together measured all is told by merging. */
  get #isEmptyShard(): boolean {
    return this.#vitest?.config.shard !== undefined && this.#tests === 0 && this.#specs > 0
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

  #recordedRun(): RecordedRun {
    return new RecordedRun(this.#project, { out: this.#out, progress: this.#progress })
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

/** Vitest sets its own code, 1 for any failure, after its reporters have ended; the last word is at the exit. */
function setExitCode(exitCode: number): void {
  process.on('exit', () => {
    process.exitCode = exitCode
  })
}
