import { EmptySampleError } from './empty-sample-error.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { mean, standardDeviation } from './summary.ts'

/** The mean over replicates, with what its error is taken to be. In the unit of the replicates' estimates. */
export interface ReplicateMean {
  readonly estimate: number
  readonly standardError: number
  /** One estimate a replicate, in the order in which they were measured. */
  readonly estimates: readonly number[]
  /** Standard deviation between replicates that the standard error rests on. */
  readonly scatter: number
  /** Replicates that the expected value was estimated from; infinitely many for one that is exact. */
  readonly tunedReplicates: number
  /** The run's own scatter as a multiple of the known one; 0 with one replicate, whose scatter does not exist. */
  readonly excessScatter: number
}

/**
 * The mean over replicates. Its standard error comes from the scatter between processes, which is known beforehand
 * from tuning; the run's own scatter counts only where it is larger, because the scatter of two or three values is
 * often far too small by chance (with three replicates it is below half of the truth one time in five).
 *
 * @param estimates One estimate a replicate.
 * @param knownScatter Standard deviation between replicates from tuning, in the unit of the estimates.
 * @param tunedReplicates Number of replicates that the expected value itself was estimated from; its error adds to that
 * of the mean. Default: infinitely many, for an expected value that is exact.
 * @throws {EmptySampleError} without replicates.
 */
export function replicateMean(
  estimates: readonly number[],
  knownScatter: number,
  tunedReplicates: number = Number.POSITIVE_INFINITY,
): ReplicateMean {
  if (estimates.length === 0) throw new EmptySampleError('mean over replicates')
  const ownScatter = estimates.length > 1 ? standardDeviation(estimates) : 0
  const scatter = Math.max(knownScatter, ownScatter)
  return {
    estimate: mean(estimates),
    standardError: standardErrorOf(scatter, estimates.length, tunedReplicates),
    estimates,
    scatter,
    tunedReplicates,
    excessScatter: ownScatter === 0 ? 0 : ownScatter / knownScatter,
  }
}

/** The mean over the replicates from the given one on, with the scatter of all. @throws {EmptySampleError} if there are none. */
export function replicatesFrom({ estimates, scatter, tunedReplicates }: ReplicateMean, first: number): ReplicateMean {
  return replicateMean(estimates.slice(first), scatter, tunedReplicates)
}

/** Standard error of a mean over replicates relative to an expected value that was itself estimated. */
export function standardErrorOf(
  scatter: number,
  replicates: number,
  tunedReplicates: number = Number.POSITIVE_INFINITY,
): number {
  return scatter * Math.sqrt(1 / replicates + 1 / tunedReplicates)
}

/** The two-sided normal interval around a mean over replicates; normal, because its scatter is known beforehand. */
export function intervalOf(average: ReplicateMean, level = 0.95): Interval {
  const reach = normalQuantile((1 + level) / 2) * average.standardError
  return { estimate: average.estimate, low: average.estimate - reach, high: average.estimate + reach, level }
}
