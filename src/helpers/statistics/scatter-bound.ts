import { chiSquareQuantile } from './chi-square.ts'

/**
 * The standard deviation of a few values is too small by chance half of the time. So it is stated at this upper bound,
 * which is too small once in five times, and then by little.
 */
const level = 0.8

/**
 * The one-sided upper bound of a standard deviation of normal values: s·√(ν/χ²), χ² being the quantile of 1 − level with ν
 * degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.3.1).
 *
 * @param deviation Standard deviation of a sample, in any unit.
 * @param degreesOfFreedom Values of the sample, less one where its mean was estimated from it, too. With none the
 * deviation is 0 and says nothing.
 */
export function scatterBound(deviation: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom < 1 || degreesOfFreedom === Number.POSITIVE_INFINITY) return deviation
  return deviation * Math.sqrt(degreesOfFreedom / chiSquareQuantile(1 - level, degreesOfFreedom))
}
