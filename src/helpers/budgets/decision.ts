import { chiSquareQuantile } from '../statistics/chi-square.ts'
import { normalQuantile } from '../statistics/normal.ts'
import { type ReplicateMean, replicatesFrom, standardErrorOf } from '../statistics/replicates.ts'

/** Chances of a wrong decision about one budget over all of its looks, between 0 and 1. */
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

/** Limits of a budget on the scale that is decided on, both negative. */
export interface Limits {
  readonly tolerates: number
  readonly catches: number
}

/** Numbers of replicates, increasing, at which a budget is looked at; nothing is decided in between. */
export type Looks = readonly number[]

/** What a look says. `open`: only more replicates can tell. */
export type Decision = 'regressed' | 'pass' | 'open'

/**
 * Own scatter beyond so many times the known one says that this run is not like those of the tuning: by chance it comes
 * once in 8,000 with three replicates and once in 370 with two (chi-square with 2 and 1 degrees of freedom).
 */
const tooNoisy = 3

/** Whether the run scatters so much more than at tuning that the stated error rates do not hold. */
export function isTooNoisy({ excessScatter }: ReplicateMean): boolean {
  return excessScatter > tooNoisy
}

/** Confidence with which the replicates after the first look must show by themselves that a budget is broken. */
const confirmation = 0.95

/**
 * Decides one budget at a look, by two one-sided tests on a mean over replicates. `regressed` when the interval lies
 * wholly beyond what is tolerated (tested first), else `pass` when it lies wholly inside what is caught, else `open`.
 * Each bound has its own level: a false red costs trust in every later red, so it is rarer than a miss.
 *
 * The rates are those of all looks together. Every look gets an even share (Bonferroni), which holds however the looks
 * depend on each other; a Lan and DeMets spending function (1983, doi:10.1093/biomet/70.3.659) would gain a few per cent
 * of the replicates and need the looks to be as planned.
 *
 * No budget goes red at its first look. Its later replicates are measured at another time, and must by themselves lie
 * beyond what is tolerated, so that one bad moment of the machine cannot own a budget.
 *
 * @param gain Mean on a scale where larger is better, relative to what is expected: 0 is as expected.
 * @param noisy Whether the machine was too noisy to tell. A red then needs every single replicate beyond `catches`.
 */
export function decide(
  gain: ReplicateMean,
  limits: Limits,
  rates: ErrorRates,
  looks: Looks,
  noisy = isTooNoisy(gain),
): Decision {
  const replicates = gain.estimates.length
  const first = looks[0] ?? 0
  if (replicates < first) return 'open'
  if (replicates > first) {
    const beyond = upperBound(gain, 1 - rates.falseRed / laterLooks(looks)) < limits.tolerates
    const confirmed = upperBound(replicatesFrom(gain, first), confirmation) < limits.tolerates
    const everyOne = gain.estimates.every((estimate) => estimate < limits.catches)
    if (beyond && confirmed && (everyOne || !noisy)) return 'regressed'
  }
  // Where both limits are one there is nothing to miss in between: what is not shown to be beyond it passes.
  const passing = limits.tolerates === limits.catches ? 0.5 : 1 - rates.missed / looks.length
  return lowerBound(gain, passing) >= limits.catches ? 'pass' : 'open'
}

function upperBound(gain: ReplicateMean, level: number): number {
  return gain.estimate + normalQuantile(level) * gain.standardError
}

function lowerBound(gain: ReplicateMean, level: number): number {
  return gain.estimate - normalQuantile(level) * gain.standardError
}

function laterLooks(looks: Looks): number {
  return Math.max(1, looks.length - 1)
}

/** Power that budgets are designed for, so that the promised 95 % are kept. */
const designedPower = 0.99

/**
 * The run's own scatter counts where it is larger than the known one, and by chance it often is. It is allowed for up to
 * this percentile: in simulation the power is then 98 to 99 % over 4 to 12 replicates, and 90 to 95 % without.
 */
const allowedScatter = 0.9

/**
 * The smallest change that goes red with the designed power at the last look, on the scale of the limits: what a budget
 * can really catch.
 *
 * @param standardErrorAt Standard error of the mean over so many replicates.
 */
export function smallestCaught(
  tolerates: number,
  standardErrorAt: (replicates: number) => number,
  rates: ErrorRates,
  looks: Looks,
): number {
  const last = looks.at(-1) ?? 1
  const red = normalQuantile(1 - rates.falseRed / laterLooks(looks)) * ownScatter(last)
  return tolerates - (red + normalQuantile(designedPower)) * standardErrorAt(last)
}

/** The own scatter of so many replicates that is allowed for, as a multiple of the known one. */
function ownScatter(replicates: number): number {
  const freedom = replicates - 1
  return freedom < 1 ? 1 : Math.sqrt(chiSquareQuantile(allowedScatter, freedom) / freedom)
}

/**
 * So many standard errors must be tolerated, or the budget is refused: code that differs in text alone has modes that
 * copies do not show (DESIGN section 2), and what is tolerated must hold them.
 */
const toleratedErrors = 4

/** Replicates of the first look at which a budget can go red: the second one, where there is one. */
export function firstRedLook(looks: Looks): number {
  return looks[1] ?? looks[0] ?? 1
}

/**
 * The least that a budget must tolerate, on the scale of the limits: a negative number. The standard error is that of the
 * fewest replicates that a red can rest on.
 */
export function leastTolerated(standardErrorAt: (replicates: number) => number, looks: Looks): number {
  return -toleratedErrors * standardErrorAt(firstRedLook(looks))
}

/**
 * At how many replicates a budget that is still open would be decided, if its mean and scatter stayed as they are: those of
 * a look to come, as nothing is decided in between. Infinite where no look would tell.
 */
export function replicatesNeeded(gain: ReplicateMean, limits: Limits, rates: ErrorRates, looks: Looks): number {
  const { estimate, scatter, tunedReplicates, estimates } = gain
  const decides = (look: number): boolean => {
    const standardError = standardErrorOf(scatter, look, tunedReplicates)
    const then = { ...gain, estimates: Array.from({ length: look }, () => estimate), standardError }
    return decide(then, limits, rates, looks, false) !== 'open'
  }
  return looks.find((look) => look > estimates.length && decides(look)) ?? Number.POSITIVE_INFINITY
}
