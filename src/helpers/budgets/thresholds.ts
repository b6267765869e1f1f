import { type ScaleName, scales } from './scales.ts'
import { UsageError } from './usage-error.ts'

/** A share in per cent as specs write it, e.g. `'1.5 %'`. */
export type Percent = `${number} %` | `${number}%`

/** Two distances from what is expected. */
export interface Thresholds {
  /** A worsening up to here does not go red. */
  readonly tolerates: Percent
  /** A worsening of this much or more goes red. */
  readonly catches: Percent
}

/** Two distances from a ratio of throughputs. */
export interface RatioThresholds extends Thresholds {
  /** The ratio, where it is known beforehand, as 1 between what is to be equal. Default: what was measured at tuning. */
  readonly expected?: number
}

/** Two distances from what is expected, in bytes per request. */
export interface ByteThresholds {
  /** So many more do not go red. */
  readonly tolerates: number
  /** So many more, or yet more, go red. */
  readonly catches: number
}

/** The same as shares, 1.5 % being 0.015, or in bytes. */
export interface Distances {
  readonly tolerates: number
  readonly catches: number
}

/**
 * Reads a budget's thresholds.
 *
 * @param budget Name of the budget for messages.
 * @param scale Whether they may be 100 % or more: a cost may double, throughput cannot fall further than that. Default throughput.
 * @throws {UsageError} when they are not percentages with 0 ≤ tolerates < catches, or something else is stated beside.
 */
export function distancesOf(stated: Thresholds, budget: string, scale: ScaleName = 'throughput'): Distances {
  requireOnlyBoth(stated, budget)
  const { tolerates, catches } = stated
  const { below } = scales[scale]
  const distances = {
    tolerates: shareOf(tolerates, below, `${budget}: tolerates`),
    catches: shareOf(catches, below, `${budget}: catches`),
  }
  requireOrder(distances, { tolerates, catches }, budget)
  return distances
}

/**
 * Reads the thresholds of a ratio.
 *
 * @throws {UsageError} as {@link distancesOf}, and for an expected ratio that is none.
 */
export function ratioDistancesOf(
  { expected, ...stated }: RatioThresholds,
  budget: string,
): Distances & { expected?: number } {
  const distances = distancesOf(stated, budget, 'throughput')
  if (expected === undefined) return distances
  if (typeof expected === 'number' && expected > 0 && Number.isFinite(expected)) return { ...distances, expected }
  throw new UsageError(`${budget}: expected is ${JSON.stringify(expected)}; expected a ratio above 0, such as 1`)
}

/**
 * Reads a budget's thresholds in bytes per request.
 *
 * @throws {UsageError} when they are not numbers with 0 ≤ tolerates < catches, or something else is stated beside.
 */
export function byteDistancesOf(thresholds: ByteThresholds, budget: string): Distances {
  requireOnlyBoth(thresholds, budget)
  for (const which of ['tolerates', 'catches'] as const) {
    const bytes: unknown = thresholds[which]
    if (typeof bytes === 'number' && bytes >= 0 && Number.isFinite(bytes)) continue
    throw new UsageError(`${budget}: ${which} is ${JSON.stringify(bytes)}; expected a number of bytes per request`)
  }
  const { tolerates, catches } = thresholds
  requireOrder(thresholds, thresholds, budget)
  return { tolerates, catches }
}

function requireOnlyBoth(stated: object, budget: string): void {
  const unknown = Object.keys(stated).find((key) => key !== 'tolerates' && key !== 'catches')
  if (unknown === undefined) return
  throw new UsageError(`${budget}: there is no threshold ${JSON.stringify(unknown)}; expected tolerates and catches`)
}

function requireOrder(distances: Distances, stated: Thresholds | ByteThresholds, budget: string): void {
  if (distances.tolerates < distances.catches) return
  throw new UsageError(`${budget}: tolerates (${stated.tolerates}) must be below catches (${stated.catches})`)
}

function shareOf(percent: string, below: number, what: string): number {
  const digits = /^(\d+(?:\.\d+)?) ?%$/.exec(String(percent))?.[1]
  const share = Number(digits) / 100
  if (digits === undefined || share >= below) {
    const limit = below === 1 ? ' below 100' : ''
    throw new UsageError(`${what} is ${JSON.stringify(percent)}; expected a percentage${limit} such as '1.5 %'`)
  }
  return share
}
