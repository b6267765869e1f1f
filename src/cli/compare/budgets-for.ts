import { borrowedValue } from '../../helpers/budgets/borrowed.ts'
import {
  scatteringBudgets,
  type TunedScenario,
  type TunedValue,
  tunedFor,
  withTuned,
} from '../../helpers/budgets/budget-file.ts'
import type { CostThresholds } from '../../helpers/budgets/cost.ts'
import { errorRates } from '../../helpers/budgets/decision.ts'
import { defaultThresholds, finestThresholds } from '../../helpers/budgets/default-thresholds.ts'
import { assumedScatter } from '../../helpers/budgets/interference.ts'
import { inflationElsewhere, isTunedMachine, type JudgingContext } from '../../helpers/budgets/judgement.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { ComparisonWay } from './plan.ts'
import type { ComparedSubject } from './subjects.ts'

/** By what a comparison is judged. */
interface ComparisonBudgets {
  readonly stated: StatedThresholds
  readonly judging: JudgingContext
  /** What is not the client's own, in words; empty where all of it is. */
  readonly notes: readonly string[]
}

/** Where nothing was ever tuned: the most that versions side by side scattered by between processes (DESIGN section 2). */
const assumedPairScatter = 0.02

/** Where nothing was ever tuned: twice the 1 to 2 % within which allocation repeats (DESIGN section 2). */
const assumedAllocationScatter = 0.04

/**
 * The budgets of a client under a scenario: those that the specs state and a pair can show, else a default one against the
 * reference and what is counted exactly. In processes that take turns the scatter is that of arms alone, so that what was
 * stated about arms in one process does not hold, and medians are all that is compared beside counts and allocation.
 *
 * @param stated `finest` for what catches as little as the scatter allows.
 */
export function budgetsFor(
  subject: ComparedSubject,
  stated: StatedThresholds | 'finest' | undefined,
  way: ComparisonWay,
  judging: JudgingContext,
): ComparisonBudgets {
  const tuned = tunedFor(judging.budgets, subject.client.name, subject.scenario.name)
  if (stated === 'finest') return defaultBudgets(subject, tuned, way, judging, finestThresholds)
  // What was never tuned is no budget yet, and a comparison of two others is no time to find out.
  const holds = way.turns === undefined && tuned.reference !== undefined && stated?.reference !== undefined
  if (holds) return { stated: ofPair(stated, way), judging, notes: [] }
  return defaultBudgets(subject, tuned, way, judging, defaultThresholds)
}

/** What is stated that the pair can show: between the same files nothing that is compared with tuned figures. */
function ofPair(
  { reference, tail, costs = {} }: StatedThresholds,
  { sameFiles, allocation }: ComparisonWay,
): StatedThresholds {
  const { allocatedBytes, requestBytes, responseBytes, ...others } = costs
  const differing: CostThresholds = {
    ...(requestBytes && { requestBytes }),
    ...(responseBytes && { responseBytes }),
    ...(allocatedBytes && allocation && { allocatedBytes }),
  }
  return {
    ...(reference && { reference }),
    ...(tail && { tail }),
    costs: { ...others, ...(sameFiles ? {} : differing) },
    against: new Map(),
  }
}

/**
 * What was tuned is the figure of a process, with what it scatters by between processes; a ratio of two processes scatters √2
 * times as much.
 */
function allocationInTurns({ allocatedBytesPerRequest: tuned }: TunedScenario): TunedValue | undefined {
  return tuned && { ...tuned, scatter: tuned.scatter * Math.SQRT2 }
}

function defaultBudgets(
  { client, scenario }: ComparedSubject,
  tuned: TunedScenario,
  { turns, sameFiles, allocation }: ComparisonWay,
  judging: JudgingContext,
  thresholdsOf: typeof defaultThresholds,
): ComparisonBudgets {
  const name = { client: client.name, scenario: scenario.name }
  const rates = errorRates(scatteringBudgets(judging.budgets))
  const inflation = isTunedMachine(judging) ? 1 : inflationElsewhere
  const notes: string[] = []
  const borrowed = (read: (entries: TunedScenario) => TunedValue | undefined, assumed: number): TunedValue => {
    const found = borrowedValue(judging.budgets, name, read)
    const { value = { expected: 1, scatter: assumed, replicates: 1 }, from } = found ?? {}
    if (found === undefined) notes.push(`never tuned, judged by an assumed scatter of ${assumed}`)
    else if (from !== undefined) notes.push(`never tuned, judged by ${from}, ${Number(value.scatter.toPrecision(3))}`)
    return value
  }
  const thresholds = (scale: 'throughput' | 'cost', { scatter }: TunedValue) =>
    thresholdsOf(scale, scatter * inflation, rates, judging.looks.pair)

  const throughput =
    turns === undefined
      ? borrowed(({ reference }) => reference, assumedPairScatter)
      : borrowed(({ solo }) => solo, assumedScatter)
  const allocated =
    turns !== undefined && allocation ? borrowed(allocationInTurns, assumedAllocationScatter) : undefined
  const costs: CostThresholds = {
    requestBytes: 'unchanged',
    responseBytes: 'unchanged',
    ...(allocated && { allocatedBytes: thresholds('cost', allocated) }),
  }
  const entries: TunedScenario = {
    ...tuned,
    reference: { ...throughput, expected: 1 },
    ...(allocated && { allocatedBytesPerRequest: allocated }),
  }
  return {
    stated: { reference: thresholds('throughput', throughput), ...(sameFiles ? {} : { costs }), against: new Map() },
    judging: { ...judging, budgets: withTuned(judging.budgets, name, entries) },
    notes,
  }
}
