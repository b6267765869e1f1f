import jstat from 'jstat'
import { EmptySampleError } from './empty-sample-error.ts'
import type { Interval } from './interval.ts'

/**
 * The share of so many successes with its exact binomial interval (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404),
 * by quantiles of the beta distribution. It holds with at least its level, whatever the true share is.
 *
 * @param level Probability that the bounds hold the true share, default 0.95.
 * @throws {EmptySampleError} without trials: a share of nothing does not exist.
 */
export function shareOf(successes: number, trials: number, level = 0.95): Interval {
  if (trials === 0) throw new EmptySampleError('share')
  const outside = (1 - level) / 2
  return {
    estimate: successes / trials,
    low: lowerBoundOfShare(successes, trials, 1 - outside),
    high: upperBoundOfShare(successes, trials, 1 - outside),
    level,
  }
}

/**
 * What the true share is at most, one-sided. With no success it is 1 − (1 − level)^(1/n), about 3/n at 0.95: the rule of
 * three.
 *
 * @throws {EmptySampleError} without trials.
 */
export function upperBoundOfShare(successes: number, trials: number, level = 0.95): number {
  if (trials === 0) throw new EmptySampleError('share')
  return successes === trials ? 1 : jstat.beta.inv(level, successes + 1, trials - successes)
}

/** What the true share is at least, one-sided. @throws {EmptySampleError} without trials. */
export function lowerBoundOfShare(successes: number, trials: number, level = 0.95): number {
  if (trials === 0) throw new EmptySampleError('share')
  return successes === 0 ? 0 : jstat.beta.inv(1 - level, successes, trials - successes + 1)
}
