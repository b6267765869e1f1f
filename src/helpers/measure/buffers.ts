import { type Random, shuffled } from '../statistics/random.ts'
import { median } from '../statistics/summary.ts'
import type { Arm, Progress } from './arm.ts'
import { runBatch } from './batch.ts'
import type { Clock, HeldBufferBytes } from './clock.ts'
import type { ArmBuffers } from './job.ts'

interface Meters {
  readonly clock: Pick<Clock, 'turn'>
  readonly heldBufferBytes: HeldBufferBytes
  readonly random: Random
  readonly progress: Progress
}

/** Of each arm; odd, so that the median is one of them. */
const requests = 31

/**
 * Measures the bytes of buffers that a request of each arm allocates outside of the heap, where bodies lie: every copy of a
 * body shows by its length. V8 tells what is held and not what was ever allocated, so that each request is looked at by
 * itself. The median is that of requests during which nothing was collected: V8 collects buffers every 32 MB, which is
 * once in eight requests of the longest bodies.
 */
export async function measureBuffers(
  arms: readonly Arm[],
  { clock, heldBufferBytes, random, progress }: Meters,
): Promise<readonly ArmBuffers[]> {
  progress.phase = 'buffers'
  const bytes = new Map<Arm, number[]>(arms.map((arm) => [arm, []]))
  for (let request = 0; request < requests; request++) {
    for (const arm of shuffled(arms, random)) {
      progress.arm = arm.name
      arm.asked++
      const before = heldBufferBytes()
      await runBatch(arm.client, 1, 1, arm.expected, progress)
      await clock.turn()
      bytes.get(arm)?.push(heldBufferBytes() - before)
    }
  }
  return [...bytes].map(([arm, own]) => ({ arm: arm.name, bufferBytesPerRequest: median(own) }))
}
