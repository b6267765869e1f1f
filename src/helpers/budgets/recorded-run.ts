import type { Measurement } from '../measure/result.ts'
import { replicateMean } from '../statistics/replicates.ts'
import { type Decision, decide, type ErrorRates } from './decision.ts'
import type { DecisionBasis, JudgingContext } from './judgement.ts'
import { judgeStated, type StatedThresholds } from './stated.ts'

/** What one budget was decided on in a recorded run. */
export type RecordedBudget = DecisionBasis

/** Everything that scattered in one run of the gate in which nothing was slower. */
export type RecordedRun = readonly RecordedBudget[]

/** Name of a budget among those of a run. */
export function nameOfBudget({ client, scenario, budget }: Pick<RecordedBudget, 'client' | 'scenario' | 'budget'>) {
  return `${client} ${scenario}: ${budget}`
}

/**
 * The budgets of a recorded measurement that scatter, with what each was decided on.
 *
 * @param context As it was judged, budgets included. Its noise is not recorded, and plays no part.
 * @throws {UsageError} when the measurement does not hold what is stated.
 */
export function recordedBudgets(
  measurement: Measurement,
  stated: StatedThresholds,
  context: JudgingContext,
): readonly RecordedBudget[] {
  const budgets: RecordedBudget[] = []
  judgeStated(measurement, stated, { ...context, onDecision: (basis) => budgets.push(basis) })
  return budgets
}

/** A decision, and the replicates of the look at which it fell; of one that is open, those of the last look. */
interface Decided {
  readonly state: Decision
  readonly replicates: number
}

/**
 * Takes a budget through its looks; what a look decides stays decided.
 *
 * @param gainAt The gain of the replicate at a place; asked for in order, and only as far as a look needs it.
 * @param within Looks that need more replicates than that are not taken. Default: all are.
 */
export function decideInLooks(
  { scatter, tunedReplicates, limits, looks }: RecordedBudget,
  gainAt: (place: number) => number,
  rates: ErrorRates,
  within = Number.POSITIVE_INFINITY,
): Decided {
  const gains: number[] = []
  for (const look of looks) {
    if (look > within) break
    while (gains.length < look) gains.push(gainAt(gains.length))
    const state = decide(replicateMean(gains, scatter, tunedReplicates), limits, rates, looks)
    if (state !== 'open') return { state, replicates: look }
  }
  return { state: 'open', replicates: gains.length }
}

/** Decides a budget on what was recorded of it, in its order, as far as that goes. */
export function decideAsRecorded(budget: RecordedBudget, rates: ErrorRates): Decision {
  const { gains } = budget
  return decideInLooks(budget, (place) => gains[place] as number, rates, gains.length).state
}

/** Whether more was recorded of a budget than its first look, at which none goes red. */
export function reachesALaterLook({ gains, looks: [, second] }: RecordedBudget): boolean {
  return second !== undefined && gains.length >= second
}
