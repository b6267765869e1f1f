import type { Interval } from '../../helpers/statistics/interval.ts'
import type { Mean } from '../../helpers/statistics/student.ts'

/** A share as a percentage, with as many digits as small ones need: 5 %, 0.3 %, 0.015 %. */
export function percent(share: number): string {
  const value = share * 100
  if (value === 0) return '0 %'
  return `${value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2)} %`
}

/** A ln of throughput as a change: +0.12 %, −4.93 %. */
export function change(logRatio: number): string {
  return `${points(Math.expm1(logRatio))} %`
}

/** A change of throughput in points, without a unit: +0.12, −4.93. */
export function points(share: number): string {
  const text = (Math.abs(share) * 100).toFixed(2)
  return `${share < 0 && text !== '0.00' ? '−' : '+'}${text}`
}

/** A share with its bounds: 95 % (75 … 100). */
export function shareWithBounds({ estimate, low, high }: Interval): string {
  const bare = (share: number): string => (share * 100).toFixed(0)
  return `${bare(estimate)} % (${bare(low)} … ${bare(high)})`
}

/** A mean with its bounds by the given formatting; – where there is none. */
export function withBounds(mean: Mean | undefined, format: (value: number) => string): string {
  if (mean === undefined) return '–'
  const { estimate, low, high } = mean
  return low === undefined ? format(estimate) : `${format(estimate)} (${format(low)} … ${format(high)})`
}
