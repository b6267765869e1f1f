import type { Evidence } from '../measure/result.ts'
import type { Random } from '../statistics/random.ts'
import { mean } from '../statistics/summary.ts'
import { nameOfBudget, type RecordedBudget, type RecordedRun } from './recorded-run.ts'

/** A budget with the gains that are drawn from. */
export interface DrawnBudget {
  readonly budget: RecordedBudget
  readonly gains: readonly number[]
}

/** The budgets of one measurement that rest on the same replicates: more of them for one is more for all. */
export interface Growth {
  readonly client: string
  readonly scenario: string
  readonly evidence: Evidence
  readonly budgets: readonly DrawnBudget[]
  /** Place of the replicate that every draw begins with; absent where all are drawn alike. */
  readonly first?: number
}

/**
 * Prepares recorded runs for drawing replicates from them, which is the lower level of a bootstrap of two (Davison and
 * Hinkley 1997, section 3.8); the upper one draws the run.
 *
 * Replicates of a run are drawn with replacement, by their places, and the same for all budgets that rest on them, so that
 * what goes together in a process stays together. Drawn so, n values scatter by √((n − 1)/n) too little, so their
 * deviations from the run's own mean are stretched by √(n/(n − 1)) (the rescaled bootstrap: Rao and Wu 1988,
 * doi:10.1080/01621459.1988.10478591). Three values stay three values: a shape of the distribution that they do not show,
 * a rare mode above all, is in no draw.
 *
 * Of a kind of which a run has one replicate, a draw begins with that one, and goes on with those of all runs that hold
 * the same budgets: how it scatters within a run is not known, and between runs it scatters no less.
 */
export function growthsOf(runs: readonly RecordedRun[]): readonly (readonly Growth[])[] {
  const grouped = runs.map((run) => Map.groupBy(run, keyOf))
  return grouped.map((groups, own) =>
    [...groups].flatMap(([key, budgets]): Growth[] => {
      const [head] = budgets
      if (head === undefined) return []
      const { client, scenario, evidence, gains } = head
      const about = { client, scenario, evidence }
      if (gains.length > 1)
        return [{ ...about, budgets: budgets.map((budget) => ({ budget, gains: stretched(budget.gains) })) }]
      const names = budgets.map(nameOfBudget)
      const donors = grouped.flatMap((other, place) => {
        const found = new Map((other.get(key) ?? []).map((budget) => [nameOfBudget(budget), budget.gains[0] as number]))
        return names.every((name) => found.has(name)) ? [{ place, found }] : []
      })
      const pooled = budgets.map((budget, index) => ({
        budget,
        gains: stretched(donors.map(({ found }) => found.get(names[index] as string) as number)),
      }))
      return [{ ...about, budgets: pooled, first: donors.findIndex(({ place }) => place === own) }]
    }),
  )
}

/** Replicates of the same number are those of the same processes. */
function keyOf({ client, scenario, evidence, gains }: RecordedBudget): string {
  return JSON.stringify([client, scenario, evidence, gains.length])
}

function stretched(gains: readonly number[]): readonly number[] {
  const count = gains.length
  if (count < 2) return gains
  const center = mean(gains)
  const factor = Math.sqrt(count / (count - 1))
  return gains.map((gain) => center + factor * (gain - center))
}

/** Which replicate stands at a place of a simulated measurement; drawn when it is first asked for. */
export function drawnPlaces({ budgets: [head], first }: Growth, random: Random): (place: number) => number {
  const recorded = head?.gains.length ?? 0
  const drawn: number[] = first === undefined ? [] : [first]
  return (place) => {
    while (drawn.length <= place) drawn.push(Math.floor(random() * recorded))
    return drawn[place] as number
  }
}

/** One of the items, each as likely. */
export function drawn<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}
