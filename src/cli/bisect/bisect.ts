import type { BisectOutcome, BisectResult } from './bisect-result.ts'
import type { Candidates } from './candidates.ts'
import { type Cut, unfinished } from './cut.ts'
import { matchSizes } from './sizes.ts'
import type { Measure, Question, Step, TakenStep } from './step.ts'

export interface BisectOptions {
  readonly measure: Measure
  /** How often a question is asked at most while it is inconclusive, each time with more patience. Default: 3. */
  readonly attempts?: number
  /** Told of each step when it was taken, with all that is known since: a result that is cut. */
  readonly onStep?: (taken: TakenStep, soFar: BisectResult) => void
  /** Why an error of `measure` gives the search up and is no fault; undefined for one that is thrown. Default: all are. */
  readonly cutBy?: (error: unknown) => Cut | undefined
}

type Measured = Exclude<Step, { readonly state: 'not measurable' }>

/**
 * Searches for the version that slowed down: the ends first, then by halves, each version against the good end; at last the
 * one that was found against the version before it. Takes about log2 of the versions in measurements, and two.
 *
 * A version that cannot be measured is stepped around, as `git bisect skip` does. One that stays inconclusive ends the search
 * with a range: going on from a guess would lead to a version that is innocent.
 *
 * @throws What `measure` throws, but for what gives the search up.
 */
export async function bisect(candidates: Candidates, options: BisectOptions): Promise<BisectResult> {
  const { versions } = candidates
  const { onStep, cutBy } = options
  const path: TakenStep[] = []
  const ask = asking(options, (taken) => {
    path.push(taken)
    onStep?.(taken, resultOf(candidates, [...path], cutOutcome(unfinished, versions, path)))
  })
  try {
    return resultOf(candidates, path, await searched(versions, ask))
  } catch (error) {
    const cut = cutBy?.(error)
    if (cut === undefined) throw error
    return resultOf(candidates, path, cutOutcome(cut, versions, path))
  }
}

function resultOf({ versions, leftOut }: Candidates, path: readonly TakenStep[], outcome: BisectOutcome): BisectResult {
  const [good = '', bad = ''] = [versions[0], versions.at(-1)]
  const stepped = path.flatMap(({ version, against, step }) =>
    // The ends are not stepped around, and neither is the version before the culprit.
    step.state === 'not measurable' && against === good && version !== bad ? [{ version, reason: step.reason }] : [],
  )
  return { good, bad, versions: versions.length, leftOut, path, stepped, outcome }
}

/** What the steps against the good end leave: the first version known to be slow, and the last known not to be. */
function cutOutcome(cut: Cut, versions: readonly string[], path: readonly TakenStep[]): BisectOutcome {
  const decided = path.filter(({ against }) => against === versions[0])
  const placesOf = (state: Step['state']): readonly number[] =>
    decided.filter(({ step }) => step.state === state).map(({ version }) => versions.indexOf(version))
  const ends = decided.find(({ version, step }) => version === versions.at(-1) && step.state === 'regressed')?.step
  if (ends === undefined || ends.state === 'not measurable') return { kind: 'cut', ...cut }
  const low = Math.max(0, ...placesOf('pass'))
  const high = Math.min(...placesOf('regressed'))
  const left = { suspects: versions.slice(low + 1, high + 1), before: versions[low] ?? '', ends: ends.throughput }
  return { kind: 'cut', ...cut, left }
}

type Ask = (version: string, against: string) => Promise<Step>

/** Asks with more patience while it is inconclusive, and never again what was answered. */
function asking({ measure, attempts = 3 }: BisectOptions, take: (taken: TakenStep) => void): Ask {
  const answers = new Map<string, Step>()
  return async (version, against) => {
    const name = JSON.stringify([version, against])
    let step = answers.get(name)
    if (step !== undefined) return step
    step = await once({ version, against, patience: 1 })
    for (let attempt = 1; attempt < attempts && step.state === 'inconclusive'; attempt++) {
      step = await once({ version, against, patience: 2 ** attempt })
    }
    answers.set(name, step)
    return step
  }

  async function once(question: Question): Promise<Step> {
    const taken = { ...question, step: await measure(question) }
    take(taken)
    return taken.step
  }
}

async function searched(versions: readonly string[], ask: Ask): Promise<BisectOutcome> {
  const [good = '', bad = ''] = [versions[0], versions.at(-1)]
  const first = await ask(bad, good)
  if (first.state === 'not measurable') return { kind: 'not measurable', reason: first.reason }
  const { throughput: ends, reason } = first
  if (first.state === 'pass') return { kind: 'no regression', ends, reason }
  if (first.state === 'inconclusive') return { kind: 'undecided', ends, reason }

  let [low, high] = [0, versions.length - 1]
  const unmeasurable = new Set<number>()
  while (high - low > 1) {
    const next = nextBetween(low, high, unmeasurable)
    if (next === undefined) {
      return suspectsOf(versions, low, high, ends, 'the versions between cannot be measured')
    }
    const version = versions[next] ?? ''
    const step = await ask(version, good)
    if (step.state === 'not measurable') unmeasurable.add(next)
    else if (step.state === 'inconclusive') {
      return suspectsOf(versions, low, high, ends, `${version} cannot be told apart: ${step.reason}`)
    } else if (step.state === 'regressed') high = next
    else low = next
  }
  const [culprit = '', before = ''] = [versions[high], versions[low]]
  const step = await ask(culprit, before)
  return { kind: 'culprit', culprit, before, step, ends, ...sizesOf(step, ends) }
}

/** The version nearest to the middle that can be measured as far as is known. */
function nextBetween(low: number, high: number, unmeasurable: ReadonlySet<number>): number | undefined {
  const middle = Math.floor((low + high) / 2)
  const between = Array.from({ length: high - low - 1 }, (_, place) => low + 1 + place)
  return between
    .filter((place) => !unmeasurable.has(place))
    .toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0]
}

function suspectsOf(
  versions: readonly string[],
  low: number,
  high: number,
  ends: Measured['throughput'],
  reason: string,
): BisectOutcome {
  return { kind: 'suspects', suspects: versions.slice(low + 1, high + 1), before: versions[low] ?? '', ends, reason }
}

function sizesOf(step: Step, ends: Measured['throughput']) {
  return step.state === 'not measurable' ? {} : { sizes: matchSizes(step.throughput, ends) }
}
