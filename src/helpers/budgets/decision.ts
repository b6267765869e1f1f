import { normalQuantile } from '../statistics/normal.ts'
import type { ReplicateMean } from '../statistics/replicates.ts'
import type { VerdictState } from './verdict.ts'

/** Chances of a wrong decision about one budget, between 0 and 1. */
export interface ErrorRates {
  /** Of going red though the worsening is within what is tolerated. */
  readonly falseRed: number
  /** Of passing though the worsening is what must be caught, or more. */
  readonly missed: number
}

/**
 * The design value: one false red in so many runs of the whole gate, shared evenly by its budgets (Bonferroni). It holds
 * while values scatter as at tuning and normally; a value with modes that the tuning has not shown breaks it.
 */
const runsPerFalseRed = 1_000

/** The design value; what is promised is 5 %. */
const missed = 0.01

/**
 * The error rates of each budget of a file.
 *
 * @param budgets Number of budgets in the whole file, so that a filtered or sharded run decides like the whole.
 */
export function errorRates(budgets: number): ErrorRates {
  return { falseRed: 1 / runsPerFalseRed / Math.max(1, budgets), missed }
}

/** Limits of a budget in the logarithm that is decided on, both negative. */
export interface Limits {
  readonly tolerates: number
  readonly catches: number
}

/**
 * Own scatter beyond so many times the known one says that this run is not like those of the tuning: by chance it comes
 * once in 8,000 with three replicates and once in 370 with two (chi-square with 2 and 1 degrees of freedom).
 */
const tooNoisy = 3

/** Whether the run scatters so much more than at tuning that the stated error rates do not hold. */
export function isTooNoisy({ excessScatter }: ReplicateMean): boolean {
  return excessScatter > tooNoisy
}

/**
 * Decides one budget by two one-sided tests on a mean over replicates. `regressed` when the interval lies wholly beyond
 * what is tolerated (tested first), else `pass` when it lies wholly inside what is caught, else `inconclusive`. Each
 * bound has its own level: a false red costs trust in every later red, so it is rarer than a miss.
 *
 * In a run that is too noisy for these rates a red is inconclusive, unless every single replicate lies beyond what is
 * caught.
 *
 * @param gain Mean of a logarithm in which larger is better, relative to what is expected: 0 is as expected.
 */
export function decide(gain: ReplicateMean, limits: Limits, rates: ErrorRates): Exclude<VerdictState, 'invalid'> {
  const upper = gain.estimate + normalQuantile(1 - rates.falseRed) * gain.standardError
  if (upper < limits.tolerates) {
    const everyOne = gain.estimates.every((estimate) => estimate < limits.catches)
    return isTooNoisy(gain) && !everyOne ? 'inconclusive' : 'regressed'
  }
  const lower = gain.estimate - normalQuantile(1 - rates.missed) * gain.standardError
  return lower > limits.catches ? 'pass' : 'inconclusive'
}

/**
 * The smallest change that goes red with the given power, as a logarithm like the limits: what a budget can really catch.
 *
 * @param standardError Of the mean over the replicates of a run.
 * @param power Default 0.95, which `catches` promises (DESIGN section 4).
 */
export function smallestCaught(tolerates: number, standardError: number, rates: ErrorRates, power = 0.95): number {
  return tolerates - (normalQuantile(1 - rates.falseRed) + normalQuantile(power)) * standardError
}
