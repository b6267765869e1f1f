import { randomInt } from 'node:crypto'
import path from 'node:path'
import { tunedFor } from '../helpers/budgets/budget-file.ts'
import { incompleteness } from '../helpers/budgets/completeness.ts'
import { exitCodeOf } from '../helpers/budgets/exit-code.ts'
import { UsageError } from '../helpers/budgets/usage-error.ts'
import { measuredLine, RunLog } from '../helpers/reports/run-log.ts'
import type { Entry } from '../helpers/session/entry.ts'
import { NotSelectedSignal } from '../helpers/session/not-selected-signal.ts'
import { openSession, provideSession } from '../helpers/session/session.ts'
import { projectAt } from '../helpers/trees/project.ts'
import { measureRest } from './matrix.ts'
import type { Progress } from './progress.ts'
import { selectionOf } from './selection.ts'
import { collectSpecs } from './specs/collect.ts'
import { BudgetFailure } from './specs/vitest-stand-in.ts'

export interface RunOptions {
  readonly scenario?: string
  readonly json?: string
  readonly seed?: number
  readonly strict?: boolean
  /** Also measures, without budgets, every client and scenario that no spec measures. */
  readonly all?: boolean
}

/** Where a command works and writes, and what ends it early. */
export interface Surroundings {
  readonly root: string
  readonly out: NodeJS.WritableStream
  readonly progress: Progress
  /** Given by Ctrl-C: the measurement at hand is given up, what was measured is kept. */
  readonly signal: AbortSignal
}

/**
 * `wiregauge run`: the gate without Vitest. Runs the tests of the specs whose client and scenario were asked for, writes
 * the record as results come, and prints the tables.
 *
 * @returns The exit code.
 * @throws {UsageError} for unknown clients and scenarios, and when nothing was measured.
 */
export async function run(names: readonly string[], options: RunOptions, surroundings: Surroundings): Promise<number> {
  const { out, progress, signal, root } = surroundings
  const { strict = false, seed = randomInt(2 ** 31) } = options
  const selects = selectionOf(names, options.scenario)
  const project = projectAt(root)
  const log = new RunLog([path.join(project.reports, 'latest.json'), ...(options.json ? [options.json] : [])], seed)
  const session = openSession({
    project,
    seed,
    strict,
    signal,
    selects,
    say: progress.line,
    onStart: (client, scenario) => progress.live(`measuring ${client} ${scenario}`),
    onMeasurement: (measurement) => {
      log.add(measurement)
      progress.line(measuredLine(measurement))
    },
    onVerdict: (measurement, verdict) => log.judge(measurement, verdict),
  })
  provideSession(() => session)

  const failures: Error[] = []
  for (const { run } of await collectSpecs(project)) {
    const before = log.entries.length
    const failure = await failureOf(run, () => log.entries.slice(before).map((entry) => missing(entry)))
    if (signal.aborted) break
    if (failure !== undefined) failures.push(failure)
  }
  if (options.all && !signal.aborted) await measureRest(log.entries, session)
  progress.end()

  if (log.entries.length === 0 && failures.length === 0 && !signal.aborted) {
    throw new UsageError('no spec measures what was asked for, so nothing was measured')
  }
  for (const { message } of failures) progress.line(message)
  const exitCode = exitCodeOf({
    verdicts: log.verdicts,
    usage: failures.some((failure) => 'code' in failure && failure.code === 'WIREGAUGE_USAGE'),
    otherFailure: failures.some((failure) => !(failure instanceof BudgetFailure)),
    strict,
  })
  log.close(signal.aborted ? 'partial' : 'complete', exitCode)
  log.print(out)
  return exitCode

  function missing({ measurement, verdicts }: Entry): UsageError | undefined {
    return incompleteness(measurement, verdicts, tunedFor(session.budgets, measurement.client, measurement.scenario))
  }
}

/** Runs one test: what it threw, or else what it left out. Tests that were not asked for throw nothing that counts. */
async function failureOf(test: () => unknown, leftOut: () => (Error | undefined)[]): Promise<Error | undefined> {
  try {
    await test()
    return leftOut().find((problem) => problem !== undefined)
  } catch (error) {
    if (error instanceof NotSelectedSignal) return undefined
    return error instanceof Error ? error : new Error(String(error))
  }
}
