import type { Interval } from '../../helpers/statistics/interval.ts'
import { normalQuantile } from '../../helpers/statistics/normal.ts'

/** Whether two sizes can be the same. */
export interface SizeMatch {
  readonly matches: boolean
  /** ln of the ratio of the two ratios, the first over the second, with its interval at 95 %. */
  readonly difference: Interval
}

const level = 0.95

/**
 * What two measurements of the same change may differ by although nothing else changed, beyond what their intervals know:
 * code that differs has modes that last a process, which the tuned scatter of copies does not show. Of nineteen pairs of
 * neighbouring releases two differed by 4 and 7 points between their two runs (DESIGN section 2); as a logarithm,
 * −ln(1 − 0.07).
 */
const modes = -Math.log1p(-0.07)

/**
 * Tests whether two ratios of throughput are the same, by their logarithms. With estimates a and b and intervals that are
 * symmetric and normal in logarithms, the standard error of each is (ln high − ln low) / (2 z), z being the normal quantile
 * at (1 + level) / 2 of its level (1.96 at 95 %). The measurements are independent, so the difference ln a − ln b has the
 * standard error √(s_a² + s_b²), and the sizes do not match where all of ln a − ln b ± 1.96 √(s_a² + s_b²) lies beyond what
 * the {@link modes} of differing code come to.
 */
export function matchSizes(one: Interval, other: Interval): SizeMatch {
  const estimate = Math.log(one.estimate) - Math.log(other.estimate)
  const reach = normalQuantile((1 + level) / 2) * Math.hypot(standardErrorOf(one), standardErrorOf(other))
  const difference = { estimate, low: estimate - reach, high: estimate + reach, level }
  return { matches: difference.low <= modes && difference.high >= -modes, difference }
}

function standardErrorOf({ low, high, level: stated }: Interval): number {
  return (Math.log(high) - Math.log(low)) / (2 * normalQuantile((1 + stated) / 2))
}
