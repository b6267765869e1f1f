import { tunedFor } from '../helpers/budgets/budget-file.ts'
import { incompleteness, unmeasured } from '../helpers/budgets/completeness.ts'
import { exitCodeOf } from '../helpers/budgets/exit-code.ts'
import { UsageError } from '../helpers/budgets/usage-error.ts'
import { informing } from '../helpers/measure/effort.ts'
import { keepRun } from '../helpers/reports/history/keep-run.ts'
import { latestFile } from '../helpers/reports/latest-file.ts'
import { measuredLine, RunLog } from '../helpers/reports/run-log.ts'
import { writeStreaks } from '../helpers/reports/write-streaks.ts'
import { hasCode, usageCode } from '../helpers/runner/error-codes.ts'
import { BudgetFailure } from '../helpers/runner/expect-budgets.ts'
import { runOptionsFrom } from '../helpers/runner/run-options.ts'
import { CapReachedError } from '../helpers/session/cap-reached-error.ts'
import type { Entry } from '../helpers/session/entry.ts'
import { NotSelectedSignal } from '../helpers/session/not-selected-signal.ts'
import { inScope, Scope } from '../helpers/session/scope.ts'
import { openSession, provideSession, withEffort } from '../helpers/session/session.ts'
import { projectAt } from '../helpers/trees/project.ts'
import { measureRest } from './matrix.ts'
import type { Progress } from './progress.ts'
import { collectSpecs, ofGate } from './specs/collect.ts'
import { type SurveyedTest, selectionOf, survey } from './survey.ts'

export interface RunOptions {
  readonly scenario?: string
  readonly json?: string
  /** Default, as of the two below: what the environment says, as under Vitest. */
  readonly seed?: number
  readonly strict?: boolean
  /** After so many seconds no budget gets more evidence. */
  readonly cap?: number
  /** The most runs that stay in the history. */
  readonly keep?: number
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
 * @returns The exit code, also of a run that was given up.
 * @throws {UsageError} for unknown clients and scenarios, and for a record that cannot be written, before anything is
 * measured.
 */
export async function run(names: readonly string[], options: RunOptions, surroundings: Surroundings): Promise<number> {
  const { out, progress, signal, root } = surroundings
  const { problem, ...asked } = runOptionsFrom(process.env)
  if (problem !== undefined) throw new UsageError(problem)
  const { strict = asked.strict, seed = asked.seed, cap = asked.capSeconds, keep = asked.keep } = options
  const project = projectAt(root)
  const selected: SurveyedTest[] = []
  const place = (): string => `[${log.entries.length}/${selected.length}]`
  const opened = openSession({
    project,
    seed,
    strict,
    ...capOf(cap, options),
    ...(asked.base && { base: asked.base }),
    say: progress.line,
    onStart: (client, scenario) => progress.live(`${place()} measuring ${client} ${scenario}`),
    onMeasurement: (measurement) => progress.line(measuredLine(measurement)),
    onVerdict: () => log.save(),
  })
  const tests = await survey(await collectSpecs(project), opened)
  const found = tests.flatMap(({ subject }) => subject ?? [])
  const selects = selectionOf(names, options.scenario, found)
  const session = { ...opened, selects }
  provideSession(() => session)
  // Opened when the command is known to be right: a mistyped name leaves the record of the run before.
  const latest = latestFile(project.reports, seed, progress.line)
  const log = new RunLog(options.json === undefined ? [latest] : [latest, options.json], seed)
  log.save()

  // Asked for nothing, a run is the gate.
  const everything = names.length === 0 && options.scenario === undefined
  const wanted = everything && !options.all ? ofGate(tests) : tests
  selected.push(...wanted.filter(({ subject }) => subject === undefined || selects(subject.client, subject.scenario)))
  // At the same time, like the tests of a file under Vitest: what is open goes on when the others have had their look.
  const outcomes = await Promise.all(selected.map((test) => outcomeOf(test)))
  const failures = outcomes.filter((failure) => failure !== undefined)
  if (options.all && !signal.aborted) failures.push(...(await failuresOfRest()))
  progress.end()

  if (log.entries.length === 0 && failures.length === 0 && !signal.aborted) {
    failures.push(new UsageError('no spec measures what was asked for, so nothing was measured'))
  }
  const whole = everything && !signal.aborted
  const lost = whole
    ? unmeasured(session.budgets, [...found, ...log.entries.map(({ measurement }) => measurement)])
    : []
  failures.push(...lost)
  for (const { message } of failures) progress.line(message)
  const exitCode = exitCodeOf({
    verdicts: log.verdicts,
    usage: failures.some((failure) => hasCode(failure, usageCode)),
    otherFailure: failures.some((failure) => !(failure instanceof BudgetFailure || failure instanceof CapReachedError)),
    invalidMeasurements: log.entries.some(({ measurement }) => measurement.state === 'invalid'),
    interrupted: signal.aborted,
    capReached: failures.some((failure) => failure instanceof CapReachedError),
    strict,
  })
  try {
    log.close(signal.aborted ? 'partial' : 'complete', exitCode)
  } finally {
    keepRun(log.record, { reports: project.reports, keep, say: progress.line })
    log.print(out)
  }
  writeStreaks(project.reports, session.budgets, log.verdicts, progress.line)
  return exitCode

  /** Runs one test: what it threw, or else what it left out. */
  async function outcomeOf({ run }: SurveyedTest): Promise<Error | undefined> {
    const scope = logged(new Scope(signal))
    const failure = await failureOf(
      () => inScope(scope, run),
      () => [scope.forgotten, ...scope.entries.map((entry) => missing(entry))],
    )
    scope.end()
    return signal.aborted ? undefined : failure
  }

  /** Measures what no spec does. It gates nothing, so that only a cap that was given ends it. */
  async function failuresOfRest(): Promise<readonly Error[]> {
    provideSession(() => ({
      ...withEffort(session, informing(session.effort)),
      capSeconds: cap ?? Number.POSITIVE_INFINITY,
    }))
    const scope = logged(new Scope(signal))
    const failure = await failureOf(
      () =>
        inScope(scope, () => measureRest(log.entries, session, { everything, byName: options.scenario !== undefined })),
      () => [],
    )
    return failure === undefined ? [] : [failure]
  }

  function logged(scope: Scope): Scope {
    log.follow(() => scope.entries)
    return scope
  }

  function missing({ measurement, verdicts }: Entry): UsageError | undefined {
    return incompleteness(measurement, verdicts, tunedFor(session.budgets, measurement.client, measurement.scenario))
  }
}

/** Everything takes longer than the gate may, so that only a cap that was given ends it. */
function capOf(cap: number | undefined, { all = false }: RunOptions): { capSeconds?: number } {
  if (cap !== undefined) return { capSeconds: cap }
  return all ? { capSeconds: Number.POSITIVE_INFINITY } : {}
}

/** What a test threw, or else what it left out. Tests that were not asked for throw nothing that counts. */
async function failureOf(test: () => unknown, leftOut: () => (Error | undefined)[]): Promise<Error | undefined> {
  try {
    await test()
    return leftOut().find((problem) => problem !== undefined)
  } catch (error) {
    if (error instanceof NotSelectedSignal) return undefined
    return error instanceof Error ? error : new Error(String(error))
  }
}
