import { type Random, randomFrom } from '../statistics/random.ts'
import type { ErrorRates } from './decision.ts'
import { decideInLooks, nameOfBudget, type RecordedRun } from './recorded-run.ts'
import { type DrawnBudget, drawnPlaces, type Growth, growthsOf } from './resample.ts'
import { scales } from './scales.ts'

/** How much worse a budget is made: times of what it catches, or a share of throughput. */
export type Worsening = { readonly times: number } | { readonly drop: number }

/** What became of one budget that was made worse. */
export interface BudgetPower {
  readonly name: string
  /** Kind of the budget: its name without client and scenario. */
  readonly kind: string
  /** The distance that it catches, in what its scale counts. */
  readonly catches: number
  readonly at: readonly (Worsening & {
    /** Share that went red, for each recorded run by itself. */
    readonly red: readonly number[]
  })[]
}

export interface PowerOptions {
  /** Draws from each recorded run, for each budget and worsening. */
  readonly draws: number
  readonly seed: number
  readonly rates: ErrorRates
  /** Into every budget, as times of what it catches, on the scale that is decided on. */
  readonly times: readonly number[]
  /** Into throughput against the reference, as shares. */
  readonly drops: readonly number[]
}

/**
 * How often each budget goes red when it alone is worse, with replicates drawn as for a {@link replay}. It is given for
 * each recorded run by itself, because those are what scatters: draws from one run tell of that run only, and an interval
 * over runs holds what the few of them leave open. A budget with one limit, such as of requests per second, is left out:
 * nothing lies between what it tolerates and catches, so that it has no power there to speak of.
 */
export function replayPower(
  strata: readonly (readonly RecordedRun[])[],
  options: PowerOptions,
): readonly BudgetPower[] {
  const random = randomFrom(options.seed)
  const entries = strata.flatMap((runs) =>
    growthsOf(runs).flatMap((growths) =>
      growths.flatMap((growth) => growth.budgets.map((drawnBudget) => ({ growth, drawnBudget }))),
    ),
  )
  const byBudget = Map.groupBy(entries, ({ drawnBudget: { budget } }) => nameOfBudget(budget))
  return [...byBudget].flatMap(([name, ofRuns]): BudgetPower[] => {
    const budget = ofRuns[0]?.drawnBudget.budget
    if (budget === undefined || budget.limits.tolerates === budget.limits.catches) return []
    const { scale, limits, evidence } = budget
    const drops = scale === 'throughput' && evidence === 'pair' ? options.drops : []
    const worsenings: Worsening[] = [...options.times.map((times) => ({ times })), ...drops.map((drop) => ({ drop }))]
    return [
      {
        name,
        kind: budget.budget,
        catches: scales[scale].distanceAt(limits.catches),
        at: worsenings.map((worsening) => {
          const loss =
            'times' in worsening ? worsening.times * limits.catches : scales.throughput.worsening(worsening.drop)
          return {
            ...worsening,
            red: ofRuns.map(({ growth, drawnBudget }) => redShare(growth, drawnBudget, loss, options, random)),
          }
        }),
      },
    ]
  })
}

function redShare(
  growth: Growth,
  { budget, gains }: DrawnBudget,
  loss: number,
  { draws, rates }: PowerOptions,
  random: Random,
): number {
  let red = 0
  for (let draw = 0; draw < draws; draw++) {
    const placeOf = drawnPlaces(growth, random)
    const { state } = decideInLooks(budget, (place) => (gains[placeOf(place)] as number) + loss, rates)
    if (state === 'regressed') red++
  }
  return red / draws
}
