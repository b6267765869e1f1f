import { moderatedScatters, type ScatterEstimate } from '../statistics/moderated-scatter.ts'
import { scatterBound } from '../statistics/scatter-bound.ts'
import {
  type BudgetFile,
  measurementsOf,
  type ScatteringEntry,
  scatteringEntries,
  type TunedValue,
  withEntry,
} from './budget-file.ts'

/** What the runs of one client and scenario say about a value, before others of its kind are asked. */
export interface ProposedValue extends TunedValue {
  /** Its own scatter. */
  readonly own: ScatterEstimate
  /** Scatter below this comes from the few values drawn, or from the grain of what is counted. */
  readonly least: number
}

/**
 * @param samples The scatter as each sample shows it; the one whose upper bound is the largest counts.
 * @param least Of the scatter.
 */
export function proposedValue(
  { expected, replicates }: Pick<TunedValue, 'expected' | 'replicates'>,
  samples: readonly ScatterEstimate[],
  least: number,
): ProposedValue {
  const [largest = { deviation: least, degreesOfFreedom: 0 }] = samples.toSorted(
    (one, other) => boundOf(other) - boundOf(one),
  )
  const own = { ...largest, deviation: Math.max(least, largest.deviation) }
  const scatter = rounded(Math.max(least, boundOf(largest)))
  return { expected: rounded(expected), scatter, replicates, own, least }
}

/**
 * The budget file with the scatter of every proposed value moderated by all others of its kind, and stated at its upper
 * bound. Values that were tuned before stay as they are.
 */
export function withModeratedScatter(file: BudgetFile): BudgetFile {
  const proposed = measurementsOf(file).flatMap(({ tuned }) => scatteringEntries(tuned).filter(isProposed))
  const scatters = new Map<TunedValue, number>()
  for (const entries of Map.groupBy(proposed, ({ place }) => kindOf(place)).values()) {
    const moderated = moderatedScatters(entries.map(({ value }) => value.own))
    for (const [place, { value }] of entries.entries()) {
      const estimate = moderated[place] ?? value.own
      scatters.set(value, rounded(Math.max(value.least, boundOf(estimate))))
    }
  }
  const clients: Record<string, BudgetFile['clients'][string]> = {}
  for (const { client, scenario, tuned } of measurementsOf(file)) {
    const stated = scatteringEntries(tuned).reduce((entries, { place, value }) => {
      const { own: _, least: __, ...kept } = value as TunedValue & Partial<ProposedValue>
      return withEntry(entries, place, { ...kept, scatter: scatters.get(value) ?? value.scatter })
    }, tuned)
    clients[client] = { ...clients[client], [scenario]: stated }
  }
  return { ...file, clients }
}

function isProposed(entry: ScatteringEntry): entry is ScatteringEntry & { readonly value: ProposedValue } {
  return 'own' in entry.value
}

function boundOf({ deviation, degreesOfFreedom }: ScatterEstimate): number {
  return scatterBound(deviation, degreesOfFreedom)
}

/** Ratios to whichever other client are of one kind, and so are those between whichever points; else the place says it. */
function kindOf(place: string): string {
  return /^(?:against|scaling)(?=\/)/.exec(place)?.[0] ?? place
}

/** Four digits: what is measured scatters in the third. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
