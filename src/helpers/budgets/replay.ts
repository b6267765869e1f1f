import type { Evidence, Measurement } from '../measure/result.ts'
import { type Random, randomFrom, shuffled } from '../statistics/random.ts'
import { replicateMean } from '../statistics/replicates.ts'
import { decide, type ErrorRates } from './decision.ts'
import type { DecisionBasis, JudgingContext } from './judgement.ts'
import { scales } from './scales.ts'
import { judgeStated, type StatedThresholds } from './stated.ts'

/** What one budget was decided on in a recorded run. */
export type RecordedBudget = DecisionBasis

/** Everything that scattered in one run of the gate in which nothing was slower. */
export type RecordedRun = readonly RecordedBudget[]

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

export interface ReplayOptions {
  readonly simulatedRuns: number
  readonly seed: number
  /** As the gate decides by: those of the whole budget file. */
  readonly rates: ErrorRates
  /** Worsenings, as shares, that are put into one budget of as many simulated runs. Default: none. */
  readonly worsenings?: readonly number[]
  /** Which budgets a worsening may be put into. Default: throughput against the reference. */
  readonly into?: (budget: RecordedBudget) => boolean
}

/** How often a worsening was put in, and what became of the budget. */
interface ReplayedPower {
  readonly worsening: number
  readonly injected: number
  readonly red: number
  readonly inconclusive: number
}

export interface Replayed {
  /** Runs that everything here rests on: simulating more makes nothing more certain than they are. */
  readonly recordedRuns: number
  readonly simulatedRuns: number
  readonly falseReds: number
  readonly runsWithFalseRed: number
  /** Runs with a false red in 1,000. */
  readonly falseRedsPer1000: number
  /** Budgets decided about, over all simulated runs. */
  readonly decisions: number
  readonly inconclusive: number
  /** Replicates of every kind that a run of the whole gate takes. */
  readonly replicates: {
    readonly mean: number
    readonly largest: number
    readonly meanOf: Readonly<Record<Evidence, number>>
  }
  readonly power: readonly ReplayedPower[]
}

/**
 * Simulates runs of the gate from recorded ones, through the code that decides. A simulated run is drawn as a whole (the
 * cluster bootstrap, Davison and Hinkley 1997, section 3.8), so that the mood of the machine which all budgets of a run
 * shared stays with them. Within it the replicates of a measurement come in a new order; where looks need more than
 * were recorded, they are drawn with replacement from the same run. A run that was bad by chance so confirms itself,
 * which makes false reds rather too many than too few.
 *
 * @throws {RangeError} without recorded runs, or when there is nothing that a worsening may be put into.
 */
export function replay(recorded: readonly RecordedRun[], options: ReplayOptions): Replayed {
  if (recorded.every((run) => run.length === 0)) throw new RangeError('a replay needs recorded budgets')
  const { simulatedRuns, rates, worsenings = [], into = isThroughputAgainstReference } = options
  const random = randomFrom(options.seed)
  const runs = recorded.map(growthsOf)
  const sums: Record<Evidence, number> = { pair: 0, load: 0, retention: 0, solo: 0 }
  const counts = { falseReds: 0, runsWithFalseRed: 0, decisions: 0, inconclusive: 0, largest: 0 }
  for (let simulated = 0; simulated < simulatedRuns; simulated++) {
    const before = counts.falseReds
    let replicates = 0
    for (const growth of drawn(runs, random)) {
      const order = orderOf(growth, random)
      let used = 0
      for (const budget of growth.budgets) {
        const decided = decidedBy(budget, order, rates)
        counts.decisions++
        if (decided.state === 'regressed') counts.falseReds++
        if (decided.state === 'open') counts.inconclusive++
        used = Math.max(used, decided.replicates)
      }
      sums[growth.evidence] += used
      replicates += used
    }
    if (counts.falseReds > before) counts.runsWithFalseRed++
    counts.largest = Math.max(counts.largest, replicates)
  }
  const meanOf: Record<Evidence, number> = { ...sums }
  for (const evidence of ['pair', 'load', 'retention', 'solo'] as const) meanOf[evidence] /= simulatedRuns
  return {
    recordedRuns: recorded.length,
    simulatedRuns,
    falseReds: counts.falseReds,
    runsWithFalseRed: counts.runsWithFalseRed,
    falseRedsPer1000: (counts.runsWithFalseRed / simulatedRuns) * 1_000,
    decisions: counts.decisions,
    inconclusive: counts.inconclusive,
    replicates: {
      mean: meanOf.pair + meanOf.load + meanOf.retention + meanOf.solo,
      largest: counts.largest,
      meanOf,
    },
    power: worsenings.map((worsening) => powerOf(recorded, worsening, simulatedRuns, into, rates, random)),
  }
}

function isThroughputAgainstReference({ scale, evidence }: RecordedBudget): boolean {
  return scale === 'throughput' && evidence === 'pair'
}

/** Budgets of one measurement that are decided on the same replicates: more of them for one is more for all. */
interface Growth {
  readonly evidence: Evidence
  readonly budgets: RecordedRun
  readonly recorded: number
  readonly largest: number
}

function growthsOf(run: RecordedRun): readonly Growth[] {
  const groups = Map.groupBy(run, ({ client, scenario, evidence, gains }) =>
    JSON.stringify([client, scenario, evidence, gains.length]),
  )
  return [...groups.values()].flatMap((budgets) => {
    const [first] = budgets
    if (first === undefined) return []
    const largest = Math.max(...budgets.map(({ looks }) => looks.at(-1) ?? 0))
    return { evidence: first.evidence, budgets, recorded: first.gains.length, largest }
  })
}

/** Places of the replicates: each that was recorded once, then any of them. */
function orderOf({ recorded, largest }: Pick<Growth, 'recorded' | 'largest'>, random: Random): readonly number[] {
  const order = shuffled(
    Array.from({ length: recorded }, (_, place) => place),
    random,
  )
  while (order.length < largest) order.push(Math.floor(random() * recorded))
  return order
}

/** Takes a budget through its looks. `open`: it was so at the last one. */
function decidedBy(
  { gains, scatter, tunedReplicates, limits, looks }: RecordedBudget,
  order: readonly number[],
  rates: ErrorRates,
) {
  for (const look of looks) {
    const seen = Array.from({ length: look }, (_, place) => gains[order[place] ?? 0] ?? Number.NaN)
    const state = decide(replicateMean(seen, scatter, tunedReplicates), limits, rates, looks)
    if (state !== 'open') return { state, replicates: look }
  }
  return { state: 'open', replicates: looks.at(-1) ?? 0 } as const
}

function powerOf(
  recorded: readonly RecordedRun[],
  worsening: number,
  simulatedRuns: number,
  into: (budget: RecordedBudget) => boolean,
  rates: ErrorRates,
  random: Random,
): ReplayedPower {
  const runs = recorded.map((run) => run.filter(into)).filter((run) => run.length > 0)
  if (runs.length === 0) throw new RangeError('there is no recorded budget that a worsening may be put into')
  const counts = { red: 0, inconclusive: 0 }
  for (let simulated = 0; simulated < simulatedRuns; simulated++) {
    const budget = drawn(drawn(runs, random), random)
    const loss = scales[budget.scale].worsening(worsening)
    const slower = { ...budget, gains: budget.gains.map((gain) => gain + loss) }
    const order = orderOf({ recorded: budget.gains.length, largest: budget.looks.at(-1) ?? 0 }, random)
    const { state } = decidedBy(slower, order, rates)
    if (state === 'regressed') counts.red++
    if (state === 'open') counts.inconclusive++
  }
  return { worsening, injected: simulatedRuns, ...counts }
}

function drawn<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}
