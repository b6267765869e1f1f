import { EmptySampleError } from './empty-sample-error.ts'
import type { Interval } from './interval.ts'
import { type Random, randomFrom } from './random.ts'
import { median, quantile } from './summary.ts'

/**
 * Log-ratios of throughput of paired batches: ln(reference time / arm time), one a pair. Positive: the arm is faster.
 * Logarithms make a ratio and its inverse symmetric, so that swapping the arms changes nothing but the sign.
 *
 * @param armTimes Durations of the arm's batches, in any one unit.
 * @param referenceTimes Durations of the adjacent batches of the reference, in the same unit and order.
 */
export function pairedLogRatios(armTimes: ArrayLike<number>, referenceTimes: ArrayLike<number>): Float64Array {
  if (armTimes.length !== referenceTimes.length) throw new RangeError('pairs need as many batches of each arm')
  const ratios = new Float64Array(armTimes.length)
  for (let index = 0; index < ratios.length; index++) {
    ratios[index] = Math.log((referenceTimes[index] as number) / (armTimes[index] as number))
  }
  return ratios
}

/**
 * The median of a series with an interval that assumes neither independent nor normal values: the moving-block
 * bootstrap (Künsch 1989, doi:10.1214/aos/1176347265) with percentile bounds. Whole runs of neighbours are drawn, so
 * that bursts of noise stay together; the block length is n^(1/3), the rate that is optimal for variances (Hall,
 * Horowitz and Jing 1995, doi:10.1093/biomet/82.3.561), times 2 because stalls here span several batches.
 *
 * @param series Values in the order in which they were measured.
 * @param options.level Probability that the bounds hold the true median, default 0.95.
 * Simulated series of the lengths that replicates have are covered in 89 to 95 % of cases at 0.95 (`paired.test.ts`), so
 * no verdict rests on these bounds.
 * @param options.resamples Number of bootstrap resamples, default 300.
 * @throws {EmptySampleError} for an empty series.
 */
export function medianInterval(
  series: ArrayLike<number>,
  options: { seed: number; level?: number; resamples?: number },
): Interval {
  if (series.length === 0) throw new EmptySampleError('median')
  const { level = 0.95, resamples = 300 } = options
  const random = randomFrom(options.seed)
  const blockLength = Math.max(1, Math.min(series.length, Math.round(2 * Math.cbrt(series.length))))
  const medians = Array.from({ length: resamples }, () => median(blockResample(series, blockLength, random)))
  return {
    estimate: median(series),
    low: quantile(medians, (1 - level) / 2),
    high: quantile(medians, (1 + level) / 2),
    level,
  }
}

function blockResample(series: ArrayLike<number>, blockLength: number, random: Random): Float64Array {
  const resample = new Float64Array(series.length)
  const starts = series.length - blockLength + 1
  for (let filled = 0; filled < resample.length; ) {
    const start = Math.floor(random() * starts)
    for (let offset = 0; offset < blockLength && filled < resample.length; offset++) {
      resample[filled++] = series[start + offset] as number
    }
  }
  return resample
}
