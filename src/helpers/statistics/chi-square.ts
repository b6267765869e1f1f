import jstat from 'jstat'

/** The quantile of the chi-square distribution. @param probability Between 0 and 1, both excluded. */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  return jstat.chisquare.inv(probability, degreesOfFreedom)
}
