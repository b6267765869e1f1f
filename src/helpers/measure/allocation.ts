import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import { runBatch } from './batch.ts'
import type { AllocatedBytes } from './clock.ts'
import type { ArmAllocation } from './job.ts'

/** Each arm's requests are spread over so many segments, taken in turns, so that a late compilation hits all arms. */
const segments = 4

/**
 * Measures the bytes that each arm allocates per request on the heap of the clients' thread, over the scenario's
 * `costRequests`. The counter is read only between segments of hundreds of requests: a read makes V8 give up the buffer
 * that it was allocating from, which would count as allocated if it were read around every batch (tried: 12 kB a request
 * became anything from 11 to 57 kB).
 *
 * @returns Nothing where Node cannot tell.
 */
export async function measureAllocation(
  arms: readonly Arm[],
  scenario: Scenario,
  meters: { readonly allocatedBytes: AllocatedBytes; readonly random: Random; readonly progress: Progress },
): Promise<readonly ArmAllocation[]> {
  const { allocatedBytes, random, progress } = meters
  if (allocatedBytes === undefined) return []
  const { inFlight, batchRequests } = scenario
  const batches = Math.ceil(scenario.costRequests / segments / batchRequests)
  const bytes = new Map<Arm, number>(arms.map((arm) => [arm, 0]))
  progress.phase = 'allocation'
  for (let segment = 0; segment < segments; segment++) {
    for (const arm of shuffled(arms, random)) {
      progress.arm = arm.name
      const before = allocatedBytes()
      for (let batch = 0; batch < batches; batch++) {
        arm.asked += batchRequests
        await runBatch(arm.client, inFlight, batchRequests, arm.expected)
        progress.beats++
      }
      bytes.set(arm, (bytes.get(arm) ?? 0) + allocatedBytes() - before)
    }
  }
  return arms.map((arm) => ({
    arm: arm.name,
    bytesPerRequest: (bytes.get(arm) ?? 0) / (segments * batches * batchRequests),
  }))
}
