import jstat from 'jstat'
import { EmptySampleError } from './empty-sample-error.ts'
import type { Interval } from './interval.ts'
import { mean, standardDeviation } from './summary.ts'

/** A mean with its 95 % interval, which one value alone does not have. */
export type Mean = Interval | { readonly estimate: number; readonly low?: never; readonly high?: never }

/** The mean of values; undefined where there is none. */
export function meanOf(values: readonly number[]): Mean | undefined {
  const [only] = values
  if (only === undefined) return undefined
  return values.length > 1 ? meanInterval(values) : { estimate: only }
}

/**
 * The mean of a sample with the interval of Student (1908, doi:10.1093/biomet/6.1.1), for samples whose scatter is not
 * known beforehand.
 *
 * @param level Probability that the bounds hold the true mean, default 0.95.
 * @throws {EmptySampleError} with fewer than two values.
 */
export function meanInterval(sample: readonly number[], level = 0.95): Interval {
  if (sample.length < 2) throw new EmptySampleError('interval of a mean', 2)
  const estimate = mean(sample)
  const quantile = jstat.studentt.inv((1 + level) / 2, sample.length - 1)
  const reach = (quantile * standardDeviation(sample)) / Math.sqrt(sample.length)
  return { estimate, low: estimate - reach, high: estimate + reach, level }
}
