import type { Unit } from '../budgets/verdict.ts'
import type { Interval } from '../statistics/interval.ts'

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const costs = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** A count with separators: 12,345. */
export function count(value: number): string {
  return counts.format(value)
}

/** A change as a percentage with its sign: +1.2 %, −15.4 %. @param share 0.012 is 1.2 %. */
export function signedPercent(share: number): string {
  const percent = (Math.abs(share) * 100).toFixed(1)
  return `${share < 0 && percent !== '0.0' ? '−' : '+'}${percent} %`
}

/** A difference of counts with its sign: +5,310, −2. */
export function signedCount(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${costs.format(Math.abs(difference))}`
}

/** A share as a percentage: 23 %. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

/** A value in its unit. */
export function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case 'ratio':
      return `${value.toFixed(3)} ×`
    case 'requests/s':
      return `${count(value)} ${unit}`
    default:
      return `${costs.format(value)} ${unit}`
  }
}

/** Estimate and bounds; only the value where it is exact. */
export function intervalInUnit({ estimate, low, high, level }: Interval, unit: Unit): string {
  if (low === high) return inUnit(estimate, unit)
  const bare = (value: number): string => (unit === 'ratio' ? value.toFixed(3) : count(value))
  return `${inUnit(estimate, unit)} (${level * 100} % interval ${bare(low)} … ${bare(high)})`
}
