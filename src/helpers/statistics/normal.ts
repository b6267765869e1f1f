import jstat from 'jstat'

/** The quantile of the standard normal distribution. @param probability Between 0 and 1, both excluded. */
export function normalQuantile(probability: number): number {
  return jstat.normal.inv(probability, 0, 1)
}
