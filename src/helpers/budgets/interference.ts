import { type ReplicateMean, replicateMean } from '../statistics/replicates.ts'
import { decide } from './decision.ts'
import type { Case } from './judgement.ts'
import type { MeasuredPair } from './pair-evidence.ts'
import type { Distances } from './thresholds.ts'
import type { Verdict } from './verdict.ts'

/**
 * What the solo check tolerates and catches, as shares. Processes that take turns scatter several times more than arms in
 * one process (DESIGN section 2: 3 to 4 %), so that it is coarse: it is there for what one process hides.
 */
const coarse: Distances = { tolerates: 0.15, catches: 0.3 }

/** Where the budget file knows no scatter of the solo check: what DESIGN section 2 saw with slices of 50 ms. */
const assumedScatter = 0.037

/** A red is doubted only if the arms alone are within what is tolerated by so many standard errors. */
const surely = 3

/**
 * Compares the verdict of a pair of different files with what its arms say in processes of their own (DESIGN 3.8). A head
 * that slows its reference, too, passes in one process and not alone; one that is slow only beside its reference is as
 * suspicious. They need not agree in size: a red of both is red.
 *
 * @param verdict On the pair alone.
 * @param tolerates Of the budget, as a share.
 * @returns The verdict itself, or an inconclusive one, which is open as long as the arms alone leave it open.
 */
export function unlessArmsInterfere(opened: Case, verdict: Verdict, pair: MeasuredPair, tolerates: number): Verdict {
  const isDecided = verdict.state === 'pass' || verdict.state === 'regressed'
  if (pair.sameFiles || !isDecided) return verdict
  const gains = pair.solo.map(({ logRatio }) => logRatio)
  const openTo = { evidence: 'solo', replicates: gains.length, missing: Number.POSITIVE_INFINITY } as const
  const interfering: Verdict = { ...verdict, state: 'inconclusive' }
  if (gains.length === 0) return { ...interfering, reason: 'the arms were not measured alone', openTo }

  const scatter = opened.tuned.solo?.scatter ?? assumedScatter
  const gain = replicateMean(gains, scatter * opened.inflation)
  const alone = verdict.state === 'pass' ? decideAlone(opened, gain) : doubt(gain, tolerates)
  if (alone === verdict.state) return verdict
  const change = `${(Math.expm1(gain.estimate) * 100).toFixed(1)} %`
  const reason = `arms interfere: alone the throughput changes by ${change}, side by side ${verdict.reason}`
  return { ...interfering, reason, ...(alone === 'open' && { openTo }) }
}

function decideAlone(opened: Case, gain: ReplicateMean): ReturnType<typeof decide> {
  const limits = { tolerates: Math.log(1 - coarse.tolerates), catches: Math.log(1 - coarse.catches) }
  return decide(gain, limits, opened.rates, opened.looks.solo)
}

function doubt(gain: ReplicateMean, tolerates: number): 'pass' | 'regressed' {
  return gain.estimate - surely * gain.standardError > Math.log(1 - tolerates) ? 'pass' : 'regressed'
}
