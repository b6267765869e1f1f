import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import type { AllocatedBytes, Clock } from './clock.ts'
import type { ArmAllocation, Extent } from './job.ts'
import { batchesFor, batchesWithin, runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly allocatedBytes: AllocatedBytes
  readonly random: Random
  readonly progress: Progress
}

/** Each arm's requests are spread over so many segments, taken in turns, so that a late compilation hits all arms. */
const usualSegments = 5

/**
 * A segment is as many batches as each arm completes in this time beforehand, thousands of requests of a fast client. V8 counts
 * by the buffers that it allocates from, hundreds of kilobytes each: over 500 requests of a client that allocates 6 kB
 * each the figure scattered by 12 %.
 */
const segmentMs = 60

/**
 * Measures the bytes that each arm allocates per request on the heap of the clients' thread, every arm over the same
 * number of requests. The counter is read only between segments: a read makes V8 give up the buffer that it was allocating
 * from, which would count as allocated if it were read around every batch (tried: 12 kB a request became anything from 11
 * to 57 kB). No collection is forced meanwhile: after a full one undici allocated 10.1 to 12.1 kB a request, without any
 * 9.2 to 9.8 (six and twenty processes).
 *
 * @returns Nothing where Node cannot tell.
 */
export async function measureAllocation(
  arms: readonly Arm[],
  scenario: Scenario,
  meters: Meters,
  { segments = usualSegments, requests: asked }: Extent = {},
): Promise<readonly ArmAllocation[]> {
  const { allocatedBytes, random, progress } = meters
  if (allocatedBytes === undefined) return []
  progress.phase = 'allocation'
  const possible = await batchesWithin(segmentMs, arms, scenario, meters, segments)
  const batches = asked === undefined ? possible : batchesFor(asked, segments, scenario)

  const bytes = new Map<Arm, number>(arms.map((arm) => [arm, 0]))
  for (let segment = 0; segment < segments; segment++) {
    for (const arm of shuffled(arms, random)) {
      const before = allocatedBytes()
      await runSegment(arm, scenario, batches, meters)
      bytes.set(arm, (bytes.get(arm) ?? 0) + allocatedBytes() - before)
    }
  }
  const requests = segments * batches * scenario.batchRequests
  return arms.map((arm) => ({
    arm: arm.name,
    requests,
    allocatedBytesPerRequest: (bytes.get(arm) ?? 0) / requests,
  }))
}
