import { type ScaleName, scales } from '../../helpers/budgets/scales.ts'

/** What the budget file holds about a value: exact ones have no scatter. */
export interface TunedFigure {
  readonly expected: number
  readonly scatter?: number
  readonly replicates?: number
}

/** What became of a value, and in what, in words. */
export interface Comparison {
  readonly change: 'same' | 'tighter' | 'looser'
  /** Such as `scatter 0.008 → 0.011`. */
  readonly what: readonly string[]
}

/** An expected value is known to have moved where it is so many standard errors away. */
const toldBy = 2

/**
 * Compares a proposed value with the one that the file has. What lies within the error of either is the same, and stays as
 * it is: written all the same it would wander from tuning to tuning, and as only loosening wants a reason, downwards.
 */
export function comparedValues(current: TunedFigure, proposed: TunedFigure, scale: ScaleName): Comparison {
  const expected = movement(current, proposed, scale)
  const scatter = scatterRatio(current, proposed)
  const what = [
    ...(expected === 0 ? [] : [`expected ${current.expected} → ${proposed.expected}`]),
    ...(scatter === 1 ? [] : [`scatter ${current.scatter} → ${proposed.scatter}`]),
  ]
  if (expected < 0 || scatter > 1) return { change: 'looser', what }
  return { change: what.length === 0 ? 'same' : 'tighter', what }
}

/** How much better than before is expected, as a gain; 0 within the error. */
function movement(current: TunedFigure, proposed: TunedFigure, scale: ScaleName): number {
  if (current.expected === proposed.expected) return 0
  const gain = scales[scale].gainOf(current.expected, proposed.expected)
  const { scatter: one = 0, replicates: before = 1 } = current
  const { scatter: other = 0, replicates: after = 1 } = proposed
  const error = Math.max(one, other) * Math.sqrt(1 / before + 1 / after)
  return Math.abs(gain) <= toldBy * error ? 0 : gain
}

/** How many times the scatter is what it was; 1 within the standard error of a standard deviation, 1 / √(2n). */
function scatterRatio(current: TunedFigure, proposed: TunedFigure): number {
  if (current.scatter === undefined || proposed.scatter === undefined) return 1
  const ratio = proposed.scatter / current.scatter
  const error = 1 / Math.sqrt(2 * Math.min(current.replicates ?? 1, proposed.replicates ?? 1))
  return Math.max(ratio, 1 / ratio) <= 1 + error ? 1 : ratio
}
