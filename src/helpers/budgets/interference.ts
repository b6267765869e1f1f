import { type ReplicateMean, replicateMean, standardErrorOf } from '../statistics/replicates.ts'
import { mean } from '../statistics/summary.ts'
import { decide, type ErrorRates, type Limits, type Looks, replicatesNeeded, smallestCaught } from './decision.ts'
import { type Case, inflationOf } from './judgement.ts'
import type { MeasuredPair } from './pair-evidence.ts'
import { scales } from './scales.ts'
import type { Verdict } from './verdict.ts'

/**
 * What the solo check tolerates and catches, as shares. Arms in processes of their own scatter several times more than arms
 * in one process, so that it is coarse: it is there for what one process hides. `catches` is more where the scatter is
 * large ({@link limitsAlone}).
 */
const coarse = { tolerates: 0.15, catches: 0.3 } as const

/**
 * Where the budget file knows no scatter of the solo check: at least the largest that was tuned. The tuned ones go from
 * 0.02 (delayed answers) to 0.206 (1 MB bodies), so that less would call equal arms different under some scenarios.
 */
export const assumedScatter = 0.21

/**
 * Error rates of the solo check by itself. It makes nothing red: what it finds makes a pass inconclusive. Of that there may
 * be 3 % on equal arms, out of which `falseRed`, a wrong word about arms that interfere, takes a sixth.
 */
const ratesAlone: ErrorRates = { falseRed: 0.005, missed: 0.01 }

/** The one budget that the arms alone are a second measurement of. */
const throughputBudget = 'throughput against reference'

/** A red is doubted only if the arms alone are within what is tolerated by so many standard errors. */
const surely = 3

/**
 * Compares the verdict of a pair of different files with what its arms say in processes of their own (DESIGN 3.8). A head
 * that slows its reference, too, passes in one process and not alone; one that is slow only beside its reference is as
 * suspicious. They need not agree in size: a red of both is red. Arms that took turns as evidence are alone already.
 *
 * @param verdict On the pair alone.
 * @param tolerates Of the budget, as a share.
 * @returns The verdict itself, or an inconclusive one, which is open as long as the arms alone leave it open.
 */
export function unlessArmsInterfere(opened: Case, verdict: Verdict, pair: MeasuredPair, tolerates: number): Verdict {
  const isDecided = verdict.state === 'pass' || verdict.state === 'regressed'
  if (pair.sameFiles || pair.turns !== undefined || !isDecided) return verdict
  const looks = opened.looks.solo
  const gains = pair.solo.map(({ logRatio }) => logRatio)
  const replicates = gains.length
  const unsure: Verdict = { ...verdict, state: 'inconclusive' }
  if (replicates === 0) {
    const openTo = { evidence: 'solo', replicates, missing: looks[0] ?? 1 } as const
    return { ...unsure, reason: 'the arms were not measured alone', openTo }
  }

  const scatter = (opened.tuned.solo?.scatter ?? assumedScatter) * inflationOf(opened, 'solo')
  const gain = replicateMean(gains, scatter)
  const limits = limitsAlone(scatter, looks)
  const alone = verdict.state === 'pass' ? decide(gain, limits, ratesAlone, looks) : doubt(gain, tolerates)
  if (alone === verdict.state) return verdict
  // Throughput that is down in both is no secret of one of them, and says nothing against another budget.
  const isOther = opened.budget !== throughputBudget
  if (isOther && sideBySide(pair) <= limits.tolerates && gain.estimate <= limits.tolerates) return verdict
  const change = `${(Math.expm1(gain.estimate) * 100).toFixed(1).replace('-', '−')} %`
  const seen = `alone the throughput changes by ${change}, side by side ${verdict.reason}`
  if (alone !== 'open') return { ...unsure, reason: `arms interfere: ${seen}` }
  const missing = replicatesNeeded(gain, limits, ratesAlone, looks) - replicates
  return { ...unsure, reason: `too noisy to tell alone: ${seen}`, openTo: { evidence: 'solo', replicates, missing } }
}

/**
 * The limits of the solo check: `catches` is at least what is told from equal arms with the designed power at the last look.
 * Both tests are alike, so that equal arms then pass with that power (`interference.test.ts`).
 *
 * @param scatter Standard deviation between replicates of the log-ratio of arms alone.
 */
export function limitsAlone(scatter: number, looks: Looks): Limits {
  const told = smallestCaught(0, (replicates) => standardErrorOf(scatter, replicates), ratesAlone, looks)
  const { worsening } = scales.throughput
  return { tolerates: worsening(coarse.tolerates), catches: Math.min(worsening(coarse.catches), told) }
}

/** Log-ratio of throughput side by side, below 0 for a head that is slower. */
function sideBySide({ replicates }: MeasuredPair): number {
  return replicates.length === 0 ? 0 : mean(replicates.map(({ logRatio }) => logRatio.estimate))
}

/** Whether arms alone contradict a red. */
function doubt(gain: ReplicateMean, tolerates: number): 'pass' | 'regressed' {
  return gain.estimate - surely * gain.standardError > Math.log(1 - tolerates) ? 'pass' : 'regressed'
}
