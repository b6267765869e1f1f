import type { Evidence } from '../measure/result.ts'
import { intervalOf, type ReplicateMean, replicateMean, standardErrorOf } from '../statistics/replicates.ts'
import { type Decision, decide, firstRedLook, isTooNoisy, leastTolerated, replicatesNeeded } from './decision.ts'
import { type Case, nameOf } from './judgement.ts'
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
  if (opened.sameMachineClass) requireKept(opened, evidence)
  const gain = replicateMean(gains, tunedScatter * opened.inflation, tunedReplicates)
  const stated = { tolerates: scale.worsening(distances.tolerates), catches: scale.worsening(distances.catches) }
  const cliff = 2 * stated.catches
  const limits = binding ? stated : { tolerates: cliff, catches: cliff }
  opened.note({
    evidence: evidence.evidence,
    scale: evidence.scale,
    gains,
    scatter: tunedScatter * opened.inflation,
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
  const replicates = gains.length
  return opened.verdict({
    state: stateOf(decision, binding),
    reason: reasons.join(''),
    measured: { estimate: valueAt(gain.estimate), low: lowest, high: highest, level },
    unit,
    expected,
    tolerates: valueAt(stated.tolerates),
    catches: valueAt(stated.catches),
    compared,
    ...(decision === 'open' && {
      openTo: {
        evidence: evidence.evidence,
        replicates,
        missing: replicatesNeeded(gain, limits, opened.rates, looks) - replicates,
      },
    }),
  })
}

/** What only informs passes as long as no cliff is shown. */
function stateOf(decision: Decision, binding: boolean): Verdict['state'] {
  if (decision !== 'open') return decision
  return binding ? 'inconclusive' : 'pass'
}

/** Refuses what goes red by chance: less tolerated than the scatter that remains after averaging makes. */
function requireKept(opened: Case, stated: ScatteringEvidence): void {
  const { tunedScatter, tunedReplicates, distances, evidence } = stated
  const scale = scales[stated.scale]
  const looks = opened.looks[evidence]
  const least = leastTolerated((replicates) => standardErrorOf(tunedScatter, replicates, tunedReplicates), looks)
  if (scale.worsening(distances.tolerates) <= least) return
  throw new UsageError(
    `${nameOf(opened)}: tolerates ${scale.inWords(distances.tolerates)}, less than the noise of this budget: it scattered by ` +
      `${tunedScatter} between processes at tuning, so that ${scale.inWords(roundedUp(scale.distanceAt(least)))} is the least that ` +
      `can be tolerated (four standard errors of ${firstRedLook(looks)} replicates)`,
  )
}

/** Why the stated error rates do not hold for this measurement, if so. */
function noiseOf(opened: Case, gain: ReplicateMean): string | undefined {
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
