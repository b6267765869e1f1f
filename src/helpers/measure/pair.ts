import { medianInterval, pairedLogRatios } from '../statistics/paired.ts'
import { enoughBlocks } from './enough-blocks.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmAllocation, ArmBuffers, ArmTimes, Blocks, Job } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'
import type { ArmTotals, PairReplicate } from './result.ts'

/** How much of a pair is measured. */
export interface PairEffort {
  /** Of the blocks of both arms together, at least ({@link enoughBlocks}), in milliseconds. */
  readonly durationMs: number
  /** Whether bytes and times are summed as well, after the blocks; without them `totals` is empty. Default true. */
  readonly sums?: boolean
}

/**
 * Measures the first arm of a job against its second in one fresh process.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function measurePair(
  job: Job,
  { durationMs, sums = true }: PairEffort,
  signal: AbortSignal,
): Promise<PairReplicate> {
  await using measuring = await MeasuringProcess.prepare(job, signal)
  const blocks = await enoughBlocks((spanMs) => measuring.blocks(spanMs), durationMs)
  const totals = sums ? await measureSums(measuring) : []
  const counts = await measuring.finish()
  return { seed: job.seed, blocks, logRatio: compareArms(blocks, job.seed), totals, counts }
}

async function measureSums(measuring: MeasuringProcess): Promise<readonly ArmTotals[]> {
  // Before collections are forced, after which clients allocate otherwise for a while.
  const allocation = await measuring.allocation()
  const buffers = await measuring.buffers()
  return merged(await measuring.totals(), allocation, buffers)
}

/** The median log-ratio of throughput of the first arm against the second, from raw blocks. */
function compareArms({ arms: [arm, reference] }: Blocks, seed: number) {
  if (arm === undefined || reference === undefined) throw new InvalidWorkError('a pair has two arms')
  return medianInterval(pairedLogRatios(arm.batchUs, reference.batchUs), { seed })
}

/** What was measured of each arm, put together; the requests, which differ by measurement, are left out. */
export function merged(
  times: readonly ArmTimes[],
  allocation: readonly ArmAllocation[],
  buffers: readonly ArmBuffers[],
): ArmTotals[] {
  return times.map(({ requests: _, ...time }) => {
    const { requests: __, ...allocated } = allocation.find(({ arm }) => arm === time.arm) ?? {}
    return { ...time, ...allocated, ...buffers.find(({ arm }) => arm === time.arm) }
  })
}
