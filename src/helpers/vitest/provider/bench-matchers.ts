import type { BenchResult } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import type { Interval } from '../../statistics/interval.ts'
import { contradicts, type Evidence, evidenceOf, lessTime, logRatio, totalLogRatio } from './evidence.ts'
import { between, restsOn } from './statement.ts'

interface MatcherState {
  readonly isNot?: boolean
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** What an interval says of a claim. */
type Shown = 'true' | 'false' | 'open'

interface Options {
  readonly delta?: number
}

/**
 * Vitest's `toBeFasterThan` and `toBeSlowerThan`, resting on the interval of the comparison: a claim holds where all of the
 * interval says so, its opposite (`.not`) where all of it says the opposite, and between them both fail as inconclusive. So do
 * they where the totals contradict the medians, because only totals hold rare long calls, and where fewer than two fresh
 * processes measured, because one does not tell how far the next is from it.
 *
 * @param undecided Whether the claim is only to be passed by, as in a process that measures for another one.
 * They throw {@link UsageError} for results that were not measured beside each other.
 */
export function benchMatchersWith(undecided: () => boolean) {
  return {
    toBeFasterThan(this: MatcherState, received: BenchResult, expected: BenchResult, { delta = 0 }: Options = {}) {
      return matched(this, 'toBeFasterThan', [received, expected], delta, undecided)
    },
    toBeSlowerThan(this: MatcherState, received: BenchResult, expected: BenchResult, { delta = 0 }: Options = {}) {
      return matched(this, 'toBeSlowerThan', [received, expected], delta, undecided)
    },
  }
}

function matched(
  { isNot = false }: MatcherState,
  matcher: 'toBeFasterThan' | 'toBeSlowerThan',
  [received, expected]: readonly [BenchResult, BenchResult],
  delta: number,
  undecided: () => boolean,
): MatcherResult {
  // First of all: what is wrong with a claim is told in the run, where the claim is.
  if (undecided()) return { pass: !isNot, message: () => '' }
  const evidence = [received, expected].map((result) => evidenceIn(matcher, result))
  const [ofReceived, ofExpected] = evidence as [Evidence, Evidence]
  const claim = `${received.name} is ${isNot ? 'not ' : ''}${matcher === 'toBeFasterThan' ? 'faster' : 'slower'} than ${
    expected.name
  }${delta > 0 ? ` by at least ${Number((delta * 100).toPrecision(3))} %` : ''}`
  if (ofReceived !== ofExpected) {
    throw new UsageError(
      `${matcher}: ${received.name} and ${expected.name} were not measured beside each other; give both to one bench.compare`,
    )
  }
  const ratio = logRatio(ofReceived, received.name, expected.name)
  const less = ratio && lessTime(ratio)
  const measured = less && `${received.name} takes ${between(less)} time a call in the median (${restsOn(ofReceived)})`
  if (less === undefined || !ofReceived.fresh) {
    const lines = [...(measured ? [`  measured  ${measured}`] : []), ...lackLines(ofReceived)]
    // Neither the claim nor its opposite passes.
    return { pass: isNot, message: () => [`inconclusive: ${claim}`, ...lines].join('\n') }
  }
  const total = totalLogRatio(ofReceived, received.name, expected.name)
  const lessTotal = total && lessTime(total)
  const toSide = matcher === 'toBeFasterThan' ? (side: Interval) => side : negated
  const disagree = lessTotal !== undefined && contradicts(toSide(lessTotal), toSide(less), delta)
  const shown = disagree ? 'open' : above(toSide(less), delta)
  return {
    pass: isNot ? shown !== 'false' : shown === 'true',
    message: () =>
      [
        `${shown === 'open' ? 'inconclusive' : 'wrong'}: ${claim}${disagree ? ': median and total disagree' : ''}`,
        `  measured  ${measured}`,
        ...(disagree ? [`            and ${between(lessTotal)} in total, where rare long calls count`] : []),
        ...(shown === 'open' ? [`  to do     ${disagree ? 'look for what makes some calls long' : remedy}`] : []),
      ].join('\n'),
  }
}

/** Why one process decides nothing. */
function lackLines({ lack }: Evidence): readonly string[] {
  return [
    `  reason    fewer than two fresh processes measured it: ${lack ?? 'nobody said why'}`,
    '  to do     take that reason away; one process does not tell how far the next is from it',
  ]
}

/** Whether a share is above a limit; at the limit itself nothing is shown. */
function above({ low, high }: Interval, limit: number): Shown {
  if (low > limit) return 'true'
  return high < limit ? 'false' : 'open'
}

function negated({ estimate, low, high, level }: Interval): Interval {
  return { estimate: -estimate, low: -high, high: -low, level }
}

const remedy = 'measure longer (`time`), in more processes (WIREGAUGE_BENCH_PROCESSES), or claim another `delta`'

function evidenceIn(matcher: string, result: unknown): Evidence {
  if (typeof result !== 'object' || result === null || !('latency' in result)) {
    throw new UsageError(`${matcher} got ${JSON.stringify(result)}; expected the result of a benchmark`)
  }
  const evidence = evidenceOf(result)
  if (evidence !== undefined) return evidence
  throw new UsageError(
    `${matcher}: a result of another run has no interval with one of this; measure both in one bench.compare`,
  )
}
