/** What one function spent on one side, per request. */
export interface Scattered {
  readonly perRequest: number
  /** Of `perRequest`, by the number of its samples. */
  readonly variance: number
}

/**
 * So many standard deviations have to lie between the two sides of a function. Profiles hold up to a thousand functions; of
 * so many that are equal, one in thirty profiles shows one (normal distribution: 3.2 in 100,000 lie above 4).
 */
const deviations = 4

/**
 * Whether a function grew beyond the scatter of the samples.
 *
 * Samples come by chance, independently of one another, and each stands for some time or some bytes. The variance of such a
 * sum (a compound Poisson process: λ·E[w²]) is estimated by the sum of the squares of what its samples stand for (Ross,
 * Introduction to Probability Models, section 5.4.2); variances of the two sides add up.
 *
 * It is the scatter of sampling alone: two processes that compile the same code differently differ by more.
 */
export function grewBeyondScatter(base: Scattered, head: Scattered): boolean {
  return head.perRequest - base.perRequest > deviations * Math.sqrt(base.variance + head.variance)
}
