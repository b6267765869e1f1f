import { throughputKind } from '../../helpers/budgets/reference-throughput.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { Verdict } from '../../helpers/budgets/verdict.ts'
import { LibraryError } from '../../helpers/measure/library-error.ts'
import type { MeasurementPlan } from '../../helpers/measure/measurement.ts'
import type { InvalidMeasurement, Measurement } from '../../helpers/measure/result.ts'
import type { ClientComparison } from '../../helpers/reports/comparison.ts'
import { measureInTurns } from '../../helpers/session/looks.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { type Session, withEffort } from '../../helpers/session/session.ts'
import { settle } from '../../helpers/session/settle.ts'
import { judgePair } from '../../helpers/trials/judge-pair.ts'
import { budgetsFor } from './budgets-for.ts'
import { outcomeOf } from './outcome.ts'
import { type MeasureLooks, planOf } from './plan.ts'
import type { Sides } from './side.ts'
import type { ComparedSubject } from './subjects.ts'

/** One comparison, as it was asked for. */
export interface Comparison {
  readonly session: Session
  readonly sides: Sides
  readonly subject: ComparedSubject
  /** What the specs state about it, or `finest` for who suspects a change. */
  readonly stated: StatedThresholds | 'finest' | undefined
  /** Why it is measured, in words. */
  readonly because: readonly string[]
  readonly signal: AbortSignal
}

/** What came of it. */
export interface Compared {
  readonly comparison: ClientComparison
  readonly plan: MeasurementPlan
  readonly measurement: Measurement
}

/**
 * Measures a client under a scenario, head against base, and has the gate's own code decide about it.
 *
 * @param measureLooks Default: in this machine's turn, in fresh processes.
 * @throws {UsageError} for sides that the client cannot run on.
 * @throws {CapReachedError} when the time of the run is over before it has begun.
 * @throws The signal's reason, or {@link InterruptedError}.
 */
export async function compareOne(asked: Comparison, measureLooks: MeasureLooks = measureInTurns): Promise<Compared> {
  const { sides, subject, stated, because, session } = asked
  const planned = await planOf(asked)
  const { way } = planned
  const budgets = budgetsFor(subject, stated, way, session.judging)
  const effort = { ...session.effort, pair: { ...session.effort.pair, sums: needsSums(budgets.stated) } }
  const own = withEffort({ ...session, judging: budgets.judging }, effort)
  const plan = { ...planned.plan, effort }
  const measured = await measureLooks(own, plan).catch((error: unknown) =>
    recordedMeasurement(brokenMeasurement(error, plan, sides)),
  )
  const settled = await settle(measured, (measurement) => judgePair(measurement, budgets.stated, own.judging), {
    looks: own.judging.looks,
    enough: redAlready,
    ...(way.turns === undefined && { beforeRed: () => measured.measureNull() }),
  })
  const { measurement } = measured
  const verdicts = noted(settled, [...planned.notes, ...budgets.notes])
  const { judging, seed } = own
  const comparison = outcomeOf({ sides, way, because, measurement, verdicts, judging, seed })
  return { plan, measurement, comparison }
}

/** Throughput that regressed is an answer: what else is open would take minutes and change none of it. */
function redAlready(verdicts: readonly Verdict[]): string | undefined {
  const isRed = verdicts.some(({ state, budget }) => state === 'regressed' && budget === throughputKind.budget)
  return isRed ? 'throughput is regressed already' : undefined
}

/** Sums are most of what a replicate takes, and only some costs ask for them. */
function needsSums({ costs = {} }: StatedThresholds): boolean {
  const { allocatedBytes, bufferBytes, cpu, time } = costs
  return [allocatedBytes, bufferBytes, cpu, time].some((each) => each !== undefined)
}

/**
 * A library that throws while it is loaded, or a published version that was installed whole and lacks something, is the
 * library's fault, and no wrong command: the others are measured.
 *
 * @throws Any other error.
 */
function brokenMeasurement(error: unknown, plan: MeasurementPlan, { base, head }: Sides): InvalidMeasurement {
  const isVersion = base.library !== undefined || head.library !== undefined
  if (!(error instanceof LibraryError) || (error.fault === 'missing' && !isVersion)) throw error
  const { client, scenario, seed } = plan
  return {
    state: 'invalid',
    client: client.name,
    ...(client.library === undefined ? {} : { library: client.library }),
    league: client.league,
    scenario: scenario.name,
    seed,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    reason: error.message,
  }
}

/** What is not the client's own is said with every verdict. */
function noted(verdicts: readonly Verdict[], notes: readonly string[]): readonly Verdict[] {
  if (notes.length === 0) return verdicts
  return verdicts.map((verdict) => ({ ...verdict, reason: [verdict.reason, ...notes].join('; ') }))
}
