import { medianInterval } from '../statistics/paired.ts'
import type { Job } from './job.ts'
import type { PairReplicate, TurnsReplicate } from './result.ts'
import { sliceLogRatios } from './slices.ts'
import { measureTurns, type TurnsEffort } from './turns.ts'

/** Measures arms that cannot share a process as a pair that takes turns. @throws As {@link measureTurns}. */
export async function measurePairInTurns(
  job: Omit<Job, 'warmUp'>,
  effort: TurnsEffort,
  signal: AbortSignal,
): Promise<PairReplicate> {
  return pairOfTurns(await measureTurns(job, effort, signal))
}

/**
 * Arms in processes that took turns, as a replicate of a pair: the estimate of {@link import('./slices.ts').soloLogRatio} with an interval over its slices. The
 * batches of all slices stand one after the other, so that index i of the two arms is no block: percentiles hold, pairs do
 * not.
 */
export function pairOfTurns({ seed, arms, totals, counts }: TurnsReplicate): PairReplicate {
  const [head, base] = arms
  const ratios = sliceLogRatios(head?.slices ?? [], base?.slices ?? [])
  return {
    seed,
    blocks: { arms: arms.map(({ arm, slices }) => ({ arm, batchUs: slices.flat() })) },
    logRatio: medianInterval(ratios, { seed }),
    totals,
    counts,
  }
}
