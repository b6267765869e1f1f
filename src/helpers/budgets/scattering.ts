import { intervalOf, type ReplicateMean, replicateMean } from '../statistics/replicates.ts'
import type { TunedValue } from './budget-file.ts'
import { decide, isTooNoisy } from './decision.ts'
import type { Case } from './judgement.ts'
import type { Distances } from './thresholds.ts'
import type { Unit, Verdict } from './verdict.ts'

/** What a budget about a value that scatters is decided on. */
export interface ScatteringEvidence {
  /** Natural logarithms relative to what is expected, larger is better; one a replicate. */
  readonly gains: readonly number[]
  /** Standard deviation between processes of such a logarithm. */
  readonly scatter: number
  /** Replicates that the expected value was estimated from; absent where it is exact, as 1 between equal arms. */
  readonly tunedReplicates?: number
  readonly distances: Distances
  /** A worsening as the logarithm of a gain: ln(1 − x) for throughput, −ln(1 + x) for a cost. */
  readonly worsening: (share: number) => number
  /** The value in the unit that a gain stands for. */
  readonly valueAt: (gain: number) => number
  readonly unit: Unit
  readonly compared: string
  /** False where the budget only informs: then only a worsening beyond twice `catches` is red. */
  readonly binding: boolean
  /** A change in words, e.g. `throughput is 3.0 % below what is expected`. */
  readonly inWords: (gain: number) => string
}

/** Judges a value that scatters. */
export function judgeScattering(opened: Case, evidence: ScatteringEvidence): Verdict {
  const { gains, scatter, tunedReplicates, distances, worsening, valueAt, binding, unit, compared } = evidence
  const gain = replicateMean(gains, scatter, tunedReplicates)
  const limits = { tolerates: worsening(distances.tolerates), catches: worsening(distances.catches) }
  const state = binding ? decide(gain, limits, opened.rates) : informed(opened, evidence, gain)
  const { low, high, level } = intervalOf(gain)
  const [lowest = 0, highest = 0] = [valueAt(low), valueAt(high)].sort((one, other) => one - other)
  const reasons = [
    ...(binding ? [] : ['another machine class than the tuned one, so only a cliff is red: ']),
    evidence.inWords(gain.estimate),
    explanation(state, gain, binding),
  ]
  return opened.verdict({
    state,
    reason: reasons.join(''),
    measured: { estimate: valueAt(gain.estimate), low: lowest, high: highest, level },
    unit,
    expected: valueAt(0),
    tolerates: valueAt(limits.tolerates),
    catches: valueAt(limits.catches),
    compared,
  })
}

/**
 * What is a budget elsewhere only informs here: it is red beyond twice `catches` and passes else. Twice the logarithm, so
 * that 30 % become 51 % and the cliff of a wide budget still exists.
 */
function informed({ rates }: Case, { distances, worsening }: ScatteringEvidence, gain: ReplicateMean) {
  const cliff = 2 * worsening(distances.catches)
  return decide(gain, { tolerates: cliff, catches: cliff }, rates) === 'regressed' ? 'regressed' : 'pass'
}

function explanation(state: Verdict['state'], gain: ReplicateMean, binding: boolean): string {
  if (state === 'regressed') return binding ? ', wholly beyond what is tolerated' : ', wholly beyond it'
  if (state !== 'inconclusive') return ''
  return isTooNoisy(gain)
    ? `, but the replicates scatter ${gain.excessScatter.toFixed(1)} times more than at tuning: too noisy to tell`
    : ', and the bounds that decide reach both what is tolerated and what is caught'
}

/** The scatter to decide with: the tuned one, inflated on another machine. */
export function scatterFor({ inflation }: Case, { scatter }: Pick<TunedValue, 'scatter'>): number {
  return scatter * inflation
}
