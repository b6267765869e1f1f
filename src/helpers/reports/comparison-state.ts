import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { ClientComparison, ComparisonReport } from './comparison.ts'

/** What a comparison comes to, worst first: the order of every table. */
export const comparisonStates = [
  'regressed',
  'inconclusive',
  'invalid',
  'not judged',
  'false red',
  'improved',
  'pass',
] as const

export type ComparisonState = (typeof comparisonStates)[number]

/**
 * The worst of its verdicts. Improved is what passes and is faster by more than what is tolerated the other way: the
 * interval of the ratio lies wholly above 1 / tolerated, the same distance as a logarithm.
 */
export function stateOf({ verdicts, throughput }: ClientComparison): ComparisonState {
  const kinds = new Set(verdicts.map((verdict) => kindOf(verdict)))
  for (const kind of ['regressed', 'inconclusive', 'invalid', 'false red'] as const) {
    if (kinds.has(kind)) return kind
  }
  if (kinds.size === 0) return throughput === undefined ? 'invalid' : 'not judged'
  return throughput !== undefined && throughput.low > 1 / toleratedRatio(verdicts) ? 'improved' : 'pass'
}

/** The lowest ratio of throughput that is tolerated; 1 where none is stated. */
function toleratedRatio(verdicts: readonly Verdict[]): number {
  const stated = verdicts.find(({ budget, unit }) => unit === 'ratio' && budget.startsWith('throughput against'))
  const tolerates = stated?.tolerates ?? 1
  return tolerates > 0 && tolerates < 1 ? tolerates : 1
}

/** Worst first; of equal ones the slowest first, and what has no figure before what has. */
export function worstFirst({ compared }: ComparisonReport): ClientComparison[] {
  const rank = (each: ClientComparison): number => comparisonStates.indexOf(stateOf(each))
  const ratio = ({ throughput }: ClientComparison): number => throughput?.estimate ?? 0
  return compared.toSorted((one, other) => rank(one) - rank(other) || ratio(one) - ratio(other))
}
