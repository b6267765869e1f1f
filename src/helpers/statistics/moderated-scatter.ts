import { digamma, trigamma, trigammaInverse } from './polygamma.ts'
import { mean, standardDeviation } from './summary.ts'

/** A standard deviation, and how much it was estimated from. */
export interface ScatterEstimate {
  /** Above 0, in any unit. */
  readonly deviation: number
  /** Above 0; infinite for one that is known. */
  readonly degreesOfFreedom: number
}

/**
 * Standard deviations of like values, each moderated by all of them: those of a few values are too small or too large by
 * chance, and what the others scatter says how much. The more the true ones differ, the less each is moved.
 *
 * The empirical Bayes estimate of Smyth (2004, Linear models and empirical Bayes methods, doi:10.2202/1544-6115.1027,
 * section 6.2): the variances are taken for draws from a scaled inverse chi-square distribution, whose degrees of freedom
 * and scale come from the mean and the variance of their logarithms.
 *
 * @returns In the given order, with the degrees of freedom that were gained added. A single one stays as it is.
 */
export function moderatedScatters(estimates: readonly ScatterEstimate[]): readonly ScatterEstimate[] {
  if (estimates.length < 2) return estimates
  const logs = estimates.map(({ deviation, degreesOfFreedom }) => {
    const half = degreesOfFreedom / 2
    return 2 * Math.log(deviation) - digamma(half) + Math.log(half)
  })
  const chance = mean(estimates.map(({ degreesOfFreedom }) => trigamma(degreesOfFreedom / 2)))
  const beyondChance = standardDeviation(logs) ** 2 - chance
  const prior = priorOf(mean(logs), beyondChance)
  return estimates.map(({ deviation, degreesOfFreedom }) => {
    const gained = prior.degreesOfFreedom + degreesOfFreedom
    const share = Number.isFinite(gained) ? degreesOfFreedom / gained : 0
    const variance = prior.deviation ** 2 * (1 - share) + deviation ** 2 * share
    return { deviation: Math.sqrt(variance), degreesOfFreedom: gained }
  })
}

function priorOf(meanLog: number, beyondChance: number): ScatterEstimate {
  if (beyondChance <= 0) return { deviation: Math.exp(meanLog / 2), degreesOfFreedom: Number.POSITIVE_INFINITY }
  const half = trigammaInverse(beyondChance)
  return { deviation: Math.exp((meanLog + digamma(half) - Math.log(half)) / 2), degreesOfFreedom: 2 * half }
}
