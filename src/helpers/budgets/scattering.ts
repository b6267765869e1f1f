import type { Evidence } from '../measure/result.ts'
import { intervalOf, type ReplicateMean, replicateMean, standardErrorOf } from '../statistics/replicates.ts'
import type { TunedValue } from './budget-file.ts'
import {
  type Decision,
  decide,
  firstRedLook,
  isTooNoisy,
  type Limits,
  leastTolerated,
  replicatesNeeded,
} from './decision.ts'
import { type Case, inflationOf, nameOf } from './judgement.ts'
import { roundedUp, type ScaleName, scales } from './scales.ts'
import type { Distances } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Unit, Verdict } from './verdict.ts'

/** What a budget about a value that scatters is decided on. */
export interface ScatteringEvidence {
  /** Relative to what is expected, larger is better; one a replicate, in the order in which they were measured. */
  readonly gains: readonly number[]
  /** What there can be more of, while the budget is open. */
  readonly evidence: Evidence
  /** Standard deviation between processes of such a gain, as tuned. */
  readonly tunedScatter: number
  /** Replicates that the expected value was estimated from; absent where it is exact, as 1 between equal arms. */
  readonly tunedReplicates?: number
  readonly distances: Distances
  /** What the distances and the gains are counted on. */
  readonly scale: ScaleName
  /** The value that the gain 0 stands for, in the unit. */
  readonly expected: number
  readonly unit: Unit
  readonly compared: string
  /** False where the budget only informs: then only a worsening beyond twice `catches` is red. */
  readonly binding: boolean
  /** Where it only informs, no gain above this is red, whatever twice `catches` is. Default: none is kept from it. */
  readonly leastCliff?: number
  /** A change in words, e.g. `throughput is 3.0 % below what is expected`. */
  readonly inWords: (gain: number) => string
}

/**
 * Judges a value that scatters.
 *
 * @throws {UsageError} for a budget that promises more than its tuned scatter allows.
 */
export function judgeScattering(opened: Case, evidence: ScatteringEvidence): Verdict {
  const { gains, tunedScatter, tunedReplicates, distances, expected, binding, unit, compared } = evidence
  const scale = scales[evidence.scale]
  const valueAt = (gain: number): number => scale.valueAt(expected, gain)
  const looks = opened.looks[evidence.evidence]
  requireKept(opened, evidence)
  const scatter = tunedScatter * inflationOf(opened, evidence.evidence)
  const gain = replicateMean(gains, scatter, tunedReplicates)
  const stated = { tolerates: scale.worsening(distances.tolerates), catches: scale.worsening(distances.catches) }
  const cliff = Math.min(2 * stated.catches, evidence.leastCliff ?? 0)
  const limits = binding ? stated : { tolerates: cliff, catches: cliff }
  opened.note({
    evidence: evidence.evidence,
    scale: evidence.scale,
    gains,
    scatter,
    ...(tunedReplicates === undefined ? {} : { tunedReplicates }),
    limits,
    looks,
  })
  const noise = noiseOf(opened, gain)
  const decision = decide(gain, limits, opened.rates, looks, noise !== undefined)
  const { low, high, level } = intervalOf(gain)
  const [lowest = 0, highest = 0] = [valueAt(low), valueAt(high)].sort((one, other) => one - other)
  const reasons = [
    ...(binding ? [] : [`${opened.machineDifference}, so only a cliff is red: `]),
    evidence.inWords(gain.estimate),
    explanation(decision, noise, binding),
  ]
  return opened.verdict({
    state: stateOf(decision, binding),
    reason: reasons.join(''),
    measured: { estimate: valueAt(gain.estimate), low: lowest, high: highest, level },
    unit,
    expected,
    tolerates: valueAt(stated.tolerates),
    catches: valueAt(stated.catches),
    compared,
    ...(binding ? {} : { informs: true }),
    ...(decision === 'open' && { openTo: openTo(opened, evidence.evidence, gain, limits, noise) }),
  })
}

/** What is special to a value that was tuned by itself, with no arm beside it. */
type AgainstTuned = Omit<
  ScatteringEvidence,
  'evidence' | 'tunedScatter' | 'tunedReplicates' | 'expected' | 'binding' | 'leastCliff'
>

/**
 * Judges what is measured under load against what it was at tuning, which binds on the machine of the tuning alone.
 *
 * @throws {UsageError} for a budget that promises more than its tuned scatter allows.
 */
export function judgeAgainstTuned(opened: Case, tuned: TunedValue, special: AgainstTuned): Verdict {
  return judgeScattering(opened, {
    ...special,
    evidence: 'load',
    tunedScatter: tuned.scatter,
    tunedReplicates: tuned.replicates,
    expected: tuned.expected,
    binding: opened.asFast,
  })
}

/** What only informs passes as long as no cliff is shown. */
function stateOf(decision: Decision, binding: boolean): Verdict['state'] {
  if (decision !== 'open') return decision
  return binding ? 'inconclusive' : 'pass'
}

/** What more of it would decide; nobody can tell while noise is what keeps it open. */
export function openTo(
  { rates, looks }: Case,
  evidence: Evidence,
  gain: ReplicateMean,
  limits: Limits,
  noise: string | undefined,
): NonNullable<Verdict['openTo']> {
  const replicates = gain.estimates.length
  const needed = noise === undefined ? replicatesNeeded(gain, limits, rates, looks[evidence]) : Number.POSITIVE_INFINITY
  return { evidence, replicates, missing: needed - replicates }
}

/** What a budget promises, and what it is known to scatter by. */
type Promised = Pick<ScatteringEvidence, 'tunedScatter' | 'tunedReplicates' | 'distances' | 'evidence' | 'scale'>

/**
 * Refuses what goes red by chance: less tolerated than the scatter that remains after averaging makes. On another machine
 * class, whose scatter is not known, nothing is refused.
 *
 * @throws {UsageError} with the least that can be tolerated.
 */
export function requireKept(opened: Case, stated: Promised): void {
  if (!opened.sameMachineClass) return
  const { tunedScatter, distances } = stated
  const scale = scales[stated.scale]
  const least = leastKept(opened, stated)
  if (scale.worsening(distances.tolerates) <= least) return
  throw new UsageError(
    `${nameOf(opened)}: tolerates ${scale.inWords(distances.tolerates)}, less than the noise of this budget: it scattered by ` +
      `${tunedScatter} between processes at tuning, so that ${scale.inWords(roundedUp(scale.distanceAt(least)))} is the least that ` +
      `can be tolerated (four standard errors of ${firstRedLook(opened.looks[stated.evidence])} replicates)`,
  )
}

/** The least that must be tolerated, as a gain. */
export function leastKept(
  { looks }: Case,
  { tunedScatter, tunedReplicates, evidence }: Omit<Promised, 'distances' | 'scale'>,
): number {
  return leastTolerated((replicates) => standardErrorOf(tunedScatter, replicates, tunedReplicates), looks[evidence])
}

/** Why the stated error rates do not hold for this measurement, if so. */
export function noiseOf(opened: Case, gain: ReplicateMean): string | undefined {
  if (isTooNoisy(gain)) return `the replicates scatter ${gain.excessScatter.toFixed(1)} times more than at tuning`
  return opened.noise
}

function explanation(decision: Decision, noise: string | undefined, binding: boolean): string {
  if (decision === 'regressed') {
    const beyond = binding ? ', wholly beyond what is tolerated' : ', wholly beyond it'
    return noise === undefined ? beyond : `${beyond}, and far outside of the noise (${noise})`
  }
  if (decision === 'pass') return ''
  if (noise !== undefined) return `, but it is too noisy to tell: ${noise}`
  return ', and the bounds that decide reach both what is tolerated and what is caught'
}
