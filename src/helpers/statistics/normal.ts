import jstat from 'jstat'

/** A run asks for a handful of probabilities again and again, a replay millions of times. */
const known = new Map<number, number>()

/** The quantile of the standard normal distribution. @param probability Between 0 and 1, both excluded. */
export function normalQuantile(probability: number): number {
  let quantile = known.get(probability)
  if (quantile === undefined) {
    quantile = jstat.normal.inv(probability, 0, 1)
    known.set(probability, quantile)
  }
  return quantile
}
