import { type Effort, looksOf } from '../measure/effort.ts'
import { standardErrorOf } from '../statistics/replicates.ts'
import type { TunedScenario, TunedValue } from './budget-file.ts'
import { scatteringEntries } from './budget-file.ts'
import { type ErrorRates, leastTolerated, smallestCaught } from './decision.ts'
import { type ScaleName, scales, statable } from './scales.ts'
import { type StatedDistances, type StatedThresholds, statedDistances } from './stated.ts'
import type { Distances } from './thresholds.ts'

/** What a spec promises about a value that scatters, beside what can be kept. Distances as {@link Distances}. */
export interface PromisedBudget {
  /** Name of the budget in messages; allocation has two at one place. */
  readonly budget: string
  readonly place: string
  readonly scale: ScaleName
  readonly stated: Distances
  /** What the spec must state, nothing wider than needed: as stated where that can be kept. Absent where nothing can be. */
  readonly needed?: Distances
  /** The strictest that can be stated: the least that can be tolerated, and what is caught then. Rounded up; absent likewise. */
  readonly strictest?: Distances
  /** Whether what is stated can be kept. */
  readonly isKept: boolean
  /** Whether it could be kept by another value, such as one that scatters less, or with more replicates. */
  readonly isKeptBy: (value: TunedValue, effort?: Effort) => boolean
}

/** What decides what can be kept. */
export interface Deciding {
  /** Of every budget of the file. */
  readonly rates: ErrorRates
  readonly effort: Effort
}

/**
 * Compares what a spec promises with what the tuned scatter can show: `catches` goes red with the designed power at the last
 * look, and `tolerates` is four standard errors or more of the first look at which there can be a red.
 *
 * @param name Client and scenario for messages.
 * @returns One for each that is stated and has a value.
 * @throws {UsageError} for thresholds that make no sense.
 */
export function promisedBudgets(
  stated: StatedThresholds,
  name: string,
  tuned: TunedScenario,
  deciding: Deciding,
): readonly PromisedBudget[] {
  const values = new Map(scatteringEntries(tuned).map(({ place, value }) => [place, value]))
  return statedDistances(stated, name).flatMap((each) => {
    const value = values.get(each.place)
    return value === undefined ? [] : promised(each, value, deciding)
  })
}

function promised(stated: StatedDistances, value: TunedValue, { rates, effort }: Deciding): PromisedBudget {
  const { budget, place, distances, expectedIsExact } = stated
  const scale = scales[stated.scale]
  /** Limits as gains: the least that can be tolerated, and what is caught where so much is. */
  const limitsBy = (by: TunedValue, ofEffort: Effort) => {
    const looks = looksOf(ofEffort)[stated.evidence]
    const standardErrorAt = (replicates: number): number =>
      standardErrorOf(by.scatter, replicates, expectedIsExact ? undefined : by.replicates)
    return {
      least: leastTolerated(standardErrorAt, looks),
      caughtAt: (tolerates: number) => smallestCaught(tolerates, standardErrorAt, rates, looks),
    }
  }
  const isKeptBy = (by: TunedValue, ofEffort = effort): boolean => {
    const { least, caughtAt } = limitsBy(by, ofEffort)
    const tolerates = scale.worsening(distances.tolerates)
    return tolerates <= least && scale.worsening(distances.catches) <= caughtAt(tolerates)
  }
  const { least, caughtAt } = limitsBy(value, effort)
  const distanceAt = (gain: number): number | undefined => statable(scale.distanceAt(gain), stated.scale)
  /** What is caught where so much is tolerated, as stated where that is enough. */
  const withCaught = (tolerates: number | undefined, enough?: number): Distances | undefined => {
    if (tolerates === undefined) return undefined
    const caught = caughtAt(scale.worsening(tolerates))
    const catches = enough !== undefined && scale.worsening(enough) <= caught ? enough : distanceAt(caught)
    return catches === undefined ? undefined : { tolerates, catches }
  }
  const tolerates = scale.worsening(distances.tolerates) <= least ? distances.tolerates : distanceAt(least)
  const [needed, strictest] = [withCaught(tolerates, distances.catches), withCaught(distanceAt(least))]
  return {
    budget,
    place,
    scale: stated.scale,
    stated: distances,
    ...(needed && { needed }),
    ...(strictest && { strictest }),
    isKept: isKeptBy(value),
    isKeptBy,
  }
}

/** A limit per second may be so far from half of the lowest seen, as a share of it. */
const roundLimit = 0.25

/** What a limit per second is, beside what it should be and can be at most. In requests per second. */
export interface PromisedLimit {
  readonly stated: number
  /** Half of the lowest seen: a limit that catches cliffs, and nothing else. */
  readonly sound: number
  /** Whether it is so far from that that it should be stated anew. */
  readonly isFar: boolean
  /** Whether it is below what was expected by more than the noise. */
  readonly isKept: boolean
}

/** Compares a limit per second with what was seen at tuning; undefined where either is not there. */
export function promisedLimit(
  { requestsPerSecond: stated }: StatedThresholds,
  { requestsPerSecond: value }: TunedScenario,
  effort: Effort,
): PromisedLimit | undefined {
  if (stated === undefined || value === undefined) return undefined
  const standardErrorAt = (replicates: number): number => standardErrorOf(value.scatter, replicates, value.replicates)
  const most = value.expected * Math.exp(leastTolerated(standardErrorAt, looksOf(effort).load))
  const half = value.lowest / 2
  return {
    stated,
    sound: Number(half.toPrecision(2)),
    isFar: Math.abs(stated / half - 1) > roundLimit,
    isKept: stated <= most,
  }
}
