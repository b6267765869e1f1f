import { EmptySampleError } from './empty-sample-error.ts'

/** The mean. @throws {EmptySampleError} for an empty sample. */
export function mean(sample: ArrayLike<number>): number {
  if (sample.length === 0) throw new EmptySampleError('mean')
  let sum = 0
  for (let index = 0; index < sample.length; index++) sum += sample[index] as number
  return sum / sample.length
}

/**
 * The sample standard deviation (divisor n − 1).
 *
 * @throws {EmptySampleError} with fewer than two values: scatter does not exist then, and is not 0.
 */
export function standardDeviation(sample: ArrayLike<number>): number {
  if (sample.length < 2) throw new EmptySampleError('standard deviation', 2)
  const center = mean(sample)
  let squares = 0
  for (let index = 0; index < sample.length; index++) squares += ((sample[index] as number) - center) ** 2
  return Math.sqrt(squares / (sample.length - 1))
}

/**
 * The root of the mean square: the scatter around 0 of values that are known to be 0 but for noise.
 *
 * @throws {EmptySampleError} for an empty sample.
 */
export function rootMeanSquare(sample: readonly number[]): number {
  return Math.sqrt(mean(sample.map((value) => value ** 2)))
}

/**
 * The quantile of a sample, interpolated linearly between order statistics (Hyndman and Fan's type 7, the default of R
 * and NumPy).
 *
 * @param probability From 0 to 1.
 * @throws {EmptySampleError} for an empty sample.
 */
export function quantile(sample: ArrayLike<number>, probability: number): number {
  if (sample.length === 0) throw new EmptySampleError('quantile')
  return quantileOfSorted(Float64Array.from(sample).sort(), probability)
}

/** The median: the quantile at one half. @throws {EmptySampleError} for an empty sample. */
export function median(sample: ArrayLike<number>): number {
  return quantile(sample, 0.5)
}

function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (high - low) * (position - below)
}
