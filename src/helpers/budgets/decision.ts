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

/** At most one false red in so many runs of the whole gate, shared evenly by its budgets (Bonferroni). */
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

/**
 * Decides one budget by two one-sided tests on a mean over replicates. `regressed` when the interval lies wholly beyond
 * what is tolerated (tested first), else `pass` when it lies wholly inside what is caught, else `inconclusive`. Each
 * bound has its own level: a false red costs trust in every later red, so it is rarer than a miss.
 *
 * @param gain Mean of a logarithm in which larger is better, relative to what is expected: 0 is as expected.
 * @param limits Logarithms of the worst tolerated and of the caught value, both negative.
 */
export function decide(
  gain: ReplicateMean,
  limits: { readonly tolerates: number; readonly catches: number },
  rates: ErrorRates,
): Exclude<VerdictState, 'invalid'> {
  const upper = gain.estimate + normalQuantile(1 - rates.falseRed) * gain.standardError
  if (upper < limits.tolerates) return 'regressed'
  const lower = gain.estimate - normalQuantile(1 - rates.missed) * gain.standardError
  return lower > limits.catches ? 'pass' : 'inconclusive'
}
