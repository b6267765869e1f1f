import { EmptySampleError } from './empty-sample-error.ts'
import { median } from './summary.ts'

/**
 * The slope of a series whose points are equally far apart, by Theil and Sen: the median of the slopes between all pairs
 * of points (Sen 1968, doi:10.1080/01621459.1968.10480934). Up to 29 % of the points may be anything without it moving
 * far: a cache that was not yet full at the first point, or garbage that was not yet collected at the last, is no growth.
 *
 * @param values In the order of the points.
 * @param step Distance between two neighbouring points.
 * @returns Change of the value per unit of the distance.
 * @throws {EmptySampleError} with fewer than two points: there is no slope then, and it is not 0.
 */
export function slopeOf(values: readonly number[], step: number): number {
  if (values.length < 2) throw new EmptySampleError('slope', 2)
  const slopes = values.flatMap((from, index) =>
    values.slice(index + 1).map((to, beyond) => (to - from) / ((beyond + 1) * step)),
  )
  return median(slopes)
}
