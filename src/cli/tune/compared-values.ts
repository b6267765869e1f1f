import { type ScaleName, scales } from '../../helpers/budgets/scales.ts'

/** What the budget file holds about a value: exact ones have no scatter. */
export interface TunedFigure {
  readonly expected: number
  readonly scatter?: number
  readonly replicates?: number
}

/** What became of a value, and in what, in words. */
export interface Comparison<Figure extends TunedFigure = TunedFigure> {
  readonly change: 'same' | 'tighter' | 'looser'
  /** Such as `scatter 0.008 → 0.011`. */
  readonly what: readonly string[]
  /** What the file is to have: of the proposed value what has moved, and what stays of its own. */
  readonly kept: Figure
}

/**
 * A figure is known to have moved where it is so many standard errors away: of the some 150 pairs of figures in a file one
 * does by chance in every second tuning or third, and a loosening by chance would hold up all the others.
 */
const toldBy = 3

/**
 * Compares a proposed value with the one that the file has. What lies within the error of both is the same, and stays as
 * it is: written all the same it would wander from tuning to tuning, and as only loosening wants a reason, downwards. That
 * holds for what is expected and for its scatter alike, each by itself.
 */
export function comparedValues<Figure extends TunedFigure>(
  current: Figure,
  proposed: Figure,
  scale: ScaleName,
): Comparison<Figure> {
  const expected = movement(current, proposed, scale)
  const scatter = scatterRatio(current, proposed)
  const what = [
    ...(expected === 0 ? [] : [`expected ${current.expected} → ${proposed.expected}`]),
    ...(scatter === 1 ? [] : [`scatter ${current.scatter} → ${proposed.scatter}`]),
  ]
  const kept = { ...(expected === 0 ? current : proposed), ...scatterOf(scatter === 1 ? current : proposed) }
  if (expected < 0 || scatter > 1) return { change: 'looser', what, kept }
  return { change: what.length === 0 ? 'same' : 'tighter', what, kept }
}

function scatterOf({ scatter }: TunedFigure): Pick<TunedFigure, 'scatter'> {
  return scatter === undefined ? {} : { scatter }
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

/**
 * How many times the scatter is what it was; 1 within the error of both. The logarithm of a standard deviation of n normal
 * values has a standard error of some 1 / √(2n).
 */
function scatterRatio(current: TunedFigure, proposed: TunedFigure): number {
  if (current.scatter === undefined || proposed.scatter === undefined) return 1
  const ratio = proposed.scatter / current.scatter
  const error = Math.sqrt(1 / (2 * (current.replicates ?? 1)) + 1 / (2 * (proposed.replicates ?? 1)))
  return Math.abs(Math.log(ratio)) <= toldBy * error ? 1 : ratio
}
