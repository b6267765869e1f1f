import type { Job } from './job.ts'
import type { SoloReplicate } from './result.ts'
import { armsAlone, finishAlone, type SliceEffort, soloLogRatio, takeTurns } from './slices.ts'

/** How long and how often each arm is measured by itself. */
export type SoloEffort = SliceEffort

/**
 * Measures the two arms of a job in processes of their own, which are alive together and take turns in short slices, never
 * one after the other: in one isolate a change can slow its reference, too, and cancel out (DESIGN 3.8).
 *
 * @param job Current first, then reference.
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function measureSolo(
  job: Omit<Job, 'warmUp'>,
  effort: SoloEffort,
  signal: AbortSignal,
): Promise<SoloReplicate> {
  await using alone = await armsAlone(job, effort, signal)
  const [current, reference] = alone.both
  await takeTurns(alone.both, effort, alone.random)
  await finishAlone(alone.both)
  return { seed: job.seed, logRatio: soloLogRatio(current.slices, reference.slices) }
}
