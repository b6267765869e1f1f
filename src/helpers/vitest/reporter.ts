import path from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { exitCodeOf, exitCodes } from '../budgets/exit-code.ts'
import { isFailure } from '../budgets/verdict.ts'
import { measuredLine, RunLog } from '../reports/run-log.ts'
import { projectAt } from '../trees/project.ts'
import type { RunContext } from './context.ts'
import './context.ts'

/**
 * Vitest reporter beside the default one: writes `reports/latest.json` as results come, prints a line for each
 * measurement and the tables at the end, and sets the exit code of the run (DESIGN section 5).
 */
export default class WiregaugeReporter implements Reporter {
  readonly #out: NodeJS.WritableStream
  readonly #progress: NodeJS.WritableStream
  #project = projectAt(process.cwd())
  #log: RunLog | undefined
  #specs = 0
  #usageFailures = 0
  #otherFailures = 0
  #strict = false

  constructor(streams: { out?: NodeJS.WritableStream; progress?: NodeJS.WritableStream } = {}) {
    this.#out = streams.out ?? process.stdout
    this.#progress = streams.progress ?? process.stderr
  }

  onInit(vitest: Vitest): void {
    this.#project = projectAt(vitest.config.root)
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#specs = specifications.filter(({ moduleId }) => this.#isSpec(moduleId)).length
  }

  onTestCaseResult(test: TestCase): void {
    const { errors = [] } = test.result()
    const entries = test.meta().wiregauge ?? []
    const context = test.project.getProvidedContext().wiregauge as RunContext | undefined
    this.#strict = context?.strict ?? false
    const failedVerdicts = entries.flatMap(({ verdicts }) => verdicts).filter((each) => isFailure(each, this.#strict))
    if (errors.some(isUsageError)) this.#usageFailures++
    else if (errors.length > 0 && failedVerdicts.length === 0) this.#otherFailures++
    if (context === undefined) return
    for (const { measurement, verdicts } of entries) {
      this.#log ??= new RunLog([path.join(this.#project.reports, 'latest.json')], context.seed)
      this.#log.add(measurement, verdicts)
      this.#progress.write(`wiregauge: ${measuredLine(measurement)}\n`)
    }
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: string): void {
    if (this.#specs === 0) return
    const interrupted = reason === 'interrupted'
    const failedToLoad = modules.flatMap((module) => module.errors())
    const measuredNothing = this.#log === undefined && !interrupted
    const exitCode = exitCodeOf({
      verdicts: this.#log?.verdicts ?? [],
      usage: this.#usageFailures > 0 || failedToLoad.some(isUsageError) || measuredNothing,
      otherFailure: this.#otherFailures > 0 || failedToLoad.length > 0 || unhandled.length > 0,
      strict: this.#strict,
    })
    this.#log?.close(interrupted ? 'partial' : 'complete', exitCode)
    this.#log?.print(this.#out)
    if (measuredNothing) this.#progress.write('wiregauge: the run measured nothing\n')
    if (exitCode !== exitCodes.pass) setExitCode(exitCode)
  }

  #isSpec(moduleId: string): boolean {
    return path.dirname(path.normalize(moduleId)) === this.#project.specs
  }
}

function isUsageError(error: { readonly [name: string]: unknown }): boolean {
  return error['code'] === 'WIREGAUGE_USAGE'
}

/** Vitest sets its own code, 1 for any failure, after its reporters have ended; the last word is at the exit. */
function setExitCode(exitCode: number): void {
  process.on('exit', () => {
    process.exitCode = exitCode
  })
}
