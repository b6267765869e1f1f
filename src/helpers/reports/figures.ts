import type { Unit } from '../budgets/verdict.ts'
import type { Interval } from '../statistics/interval.ts'

// `negative`: what rounds to 0 has no sign.
const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0, signDisplay: 'negative' })
const costs = new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay: 'negative' })

/** What was not measured. */
export const none = '–'

/** A count with separators: 12,345. */
export function count(value: number): string {
  return withMinus(counts.format(value))
}

/** So many of something: 1 budget, 1,200 budgets. */
export function countOf(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? '' : 's'}`
}

/** Bytes as kilobytes, without their unit: 74.9. */
export function kilobytes(bytes: number): string {
  return (bytes / 1e3).toFixed(1)
}

/** A moment to the minute: 2026-11-22 13:00 UTC. @param moment ISO 8601, UTC. */
export function minuteOf(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`
}

/** A change as a percentage with its sign: +1.2 %, −15.4 %. @param share 0.012 is 1.2 %. */
export function signedPercent(share: number): string {
  return `${signedHundredths(share, 1)} %`
}

/** A difference of shares with its sign, in points of a hundred: +1.25 points. @param share 0.0125 is 1.25 points. */
export function signedPoints(share: number): string {
  return `${signedHundredths(share, 2)} points`
}

function signedHundredths(share: number, digits: number): string {
  const hundredths = (Math.abs(share) * 100).toFixed(digits)
  return `${share < 0 && Number(hundredths) !== 0 ? '−' : '+'}${hundredths}`
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
    case 'share of batches':
      return `${hundredths(value)} % of batches`
    default:
      return `${withMinus(costs.format(value))} ${unit}`
  }
}

/** Estimate and bounds; only the value where it is exact. */
export function intervalInUnit({ estimate, low, high, level }: Interval, unit: Unit): string {
  if (low === high) return inUnit(estimate, unit)
  return `${inUnit(estimate, unit)} (${level * 100} % interval ${bare(low, unit)} … ${bare(high, unit)})`
}

/** A bound beside an estimate that has shown the unit. */
function bare(value: number, unit: Unit): string {
  switch (unit) {
    case 'ratio':
      return value.toFixed(3)
    case 'share of batches':
      return hundredths(value)
    case 'ms':
      return costs.format(value)
    default:
      return count(value)
  }
}

/** Slow batches are a few in a hundred, and what is tolerated may be half of one. */
function hundredths(share: number): string {
  return withMinus(costs.format(share * 100))
}

/** The minus of everything that is printed; the formatter writes a hyphen. */
function withMinus(text: string): string {
  return text.replace('-', '−')
}
