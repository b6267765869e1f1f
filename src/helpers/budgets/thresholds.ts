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

/** The same as shares: 1.5 % is 0.015. */
export interface Distances {
  readonly tolerates: number
  readonly catches: number
}

/**
 * Reads a budget's thresholds.
 *
 * @param budget Name of the budget for messages.
 * @throws {UsageError} when they are not percentages with 0 ≤ tolerates < catches < 100.
 */
export function distancesOf({ tolerates, catches }: Thresholds, budget: string): Distances {
  const distances = {
    tolerates: shareOf(tolerates, `${budget}: tolerates`),
    catches: shareOf(catches, `${budget}: catches`),
  }
  if (distances.tolerates >= distances.catches) {
    throw new UsageError(`${budget}: tolerates (${tolerates}) must be below catches (${catches})`)
  }
  return distances
}

function shareOf(percent: string, what: string): number {
  const digits = /^(\d+(?:\.\d+)?) ?%$/.exec(String(percent))?.[1]
  const share = Number(digits) / 100
  if (digits === undefined || share >= 1) {
    throw new UsageError(`${what} is ${JSON.stringify(percent)}; expected a percentage below 100 such as '1.5 %'`)
  }
  return share
}
