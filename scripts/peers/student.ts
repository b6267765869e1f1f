import jstat from 'jstat'
import type { Interval } from '../../src/helpers/statistics/interval.ts'
import { mean, standardDeviation } from '../../src/helpers/statistics/summary.ts'

/**
 * Student's interval around a mean, at 95 %: the scatter of a peer is known from nothing but the sample. The quantile
 * comes from that of the beta distribution (Abramowitz and Stegun 26.5.27).
 */
export function studentInterval(sample: readonly number[]): Interval {
  const level = 0.95
  const degreesOfFreedom = sample.length - 1
  const x = jstat.beta.inv(1 - level, degreesOfFreedom / 2, 1 / 2)
  const quantile = Math.sqrt((degreesOfFreedom * (1 - x)) / x)
  const reach = (quantile * standardDeviation(sample)) / Math.sqrt(sample.length)
  const estimate = mean(sample)
  return { estimate, low: estimate - reach, high: estimate + reach, level }
}
