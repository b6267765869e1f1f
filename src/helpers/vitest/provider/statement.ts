import type { Interval } from '../../statistics/interval.ts'
import { contradicts, type Evidence, lessTime, logRatio, totalLogRatio } from './evidence.ts'

/** How two benchmarks of a group compare: shares of the other's time, negative where it is more. */
export interface Comparison {
  readonly arm: string
  readonly other: string
  /** In the median of pairs of batches. */
  readonly lessTime: Interval
  /** In all the time that was measured, rare long calls included; there only where it contradicts the median. */
  readonly lessTotalTime?: Interval
}

/** Every benchmark of a group beside its first, which is the one that files begin with. */
export function comparisonsOf(names: readonly string[], evidence: Evidence): readonly Comparison[] {
  const [first, ...others] = names
  if (first === undefined) return []
  return others.flatMap((arm) => {
    const ratio = logRatio(evidence, arm, first)
    if (ratio === undefined) return []
    const total = totalLogRatio(evidence, arm, first)
    const disagrees = total !== undefined && contradicts(total, ratio)
    return [{ arm, other: first, lessTime: lessTime(ratio), ...(disagrees && { lessTotalTime: lessTime(total) }) }]
  })
}

/** One comparison in words, e.g. `head takes 4.9 % less time a call than base (4.1 to 5.6 % less)`. */
export function comparisonText({ arm, other, lessTime: less, lessTotalTime: total }: Comparison): string {
  const inTotal = total === undefined ? '' : `, but in total ${change(total.estimate)} (${between(total)})`
  return `${arm} takes ${change(less.estimate)} time a call than ${other} (${between(less)})${inTotal}`
}

/** The bounds of an interval of less time, e.g. `0.4 % more to 0.9 % less`. */
export function between({ low, high }: Interval): string {
  if (Math.sign(low) === Math.sign(high)) {
    const [near, far] = [Math.abs(low), Math.abs(high)].toSorted((one, other) => one - other)
    return `${percent(near ?? 0)} to ${change(Math.sign(low) * (far ?? 0))}`
  }
  return `${change(low)} to ${change(high)}`
}

/** What an interval rests on, e.g. `95 % interval over 6 fresh processes`. */
export function restsOn({ processes, fresh }: Evidence): string {
  if (fresh && processes.length > 1) return `95 % interval over ${processes.length} fresh processes`
  return '95 % interval that holds for this one process only'
}

function change(less: number): string {
  return `${percent(Math.abs(less))} ${less < 0 ? 'more' : 'less'}`
}

/** Two digits that count, as a share of some per cent has them, and no more than two behind the point. */
function percent(share: number): string {
  const value = share * 100
  return `${value >= 9.95 ? value.toFixed(0) : value >= 0.995 ? value.toFixed(1) : value.toFixed(2)} %`
}
