import { EmptySampleError } from './empty-sample-error.ts'
import { median, quantile } from './summary.ts'

/** The percentiles of batch time that are compared, as probabilities. */
export const percentiles = { p75: 0.75, p90: 0.9, p99: 0.99 } as const

/**
 * From how many times the reference's median on a batch counts as slow. With small requests collections take ten times and
 * more, so that only the last two tell a stall of some milliseconds from them: 30 times where a batch takes a third of a
 * millisecond, 50 where it takes less.
 */
export const multiples = {
  'over 1.5 ×': 1.5,
  'over 3 ×': 3,
  'over 10 ×': 10,
  'over 30 ×': 30,
  'over 50 ×': 50,
} as const

export type Percentile = keyof typeof percentiles
export type Multiple = keyof typeof multiples

/** How the slow batches of an arm differ from those of its reference. Positive is worse, 0 is as slow. */
export interface Tail {
  /** ln of the percentile of the arm's batch times over that of the reference's. */
  readonly logRatios: Readonly<Record<Percentile, number>>
  /** Share of the arm's batches that are slow, less the share of the reference's. */
  readonly extraShares: Readonly<Record<Multiple, number>>
  /** Share of all batches, of both arms, that are slow. */
  readonly shares: Readonly<Record<Multiple, number>>
}

/**
 * Compares the tails of two series of batches. Slow is what takes more than so many times the median of the reference, for
 * both arms: an arm that is slower throughout has more slow batches, too.
 *
 * @param armTimes Durations of the arm's batches, in any one unit.
 * @param referenceTimes Durations of the reference's batches in the same blocks, in the same unit.
 * @throws {EmptySampleError} for an empty series.
 */
export function tailOf(armTimes: readonly number[], referenceTimes: readonly number[]): Tail {
  const logRatioAt = (probability: number): number =>
    Math.log(quantile(armTimes, probability) / quantile(referenceTimes, probability))
  const usual = median(referenceTimes)
  const extraShareOver = (times: number): number =>
    shareAbove(armTimes, times * usual) - shareAbove(referenceTimes, times * usual)
  const all = [...armTimes, ...referenceTimes]
  return {
    logRatios: { p75: logRatioAt(percentiles.p75), p90: logRatioAt(percentiles.p90), p99: logRatioAt(percentiles.p99) },
    extraShares: ofEachMultiple(extraShareOver),
    shares: ofEachMultiple((times) => shareAbove(all, times * usual)),
  }
}

function ofEachMultiple(share: (times: number) => number): Readonly<Record<Multiple, number>> {
  const entries = Object.entries(multiples).map(([name, times]) => [name, share(times)])
  return Object.fromEntries(entries) as Record<Multiple, number>
}

/** Share of the values that lie above a limit, from 0 to 1. @throws {EmptySampleError} for an empty sample. */
export function shareAbove(sample: readonly number[], limit: number): number {
  if (sample.length === 0) throw new EmptySampleError('share')
  return sample.reduce((above, value) => (value > limit ? above + 1 : above), 0) / sample.length
}
