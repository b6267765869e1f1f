import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import { runBatch } from './batch.ts'
import type { Clock } from './clock.ts'
import type { Blocks } from './job.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn' | 'sleep'>
  readonly random: Random
  readonly progress: Progress
}

/**
 * Measures blocks, one batch of every arm in random order, until the time is over or the arms have made the most requests
 * of their scenario; the last block is completed. Where the scenario has a pause, the arm lies idle before each batch.
 *
 * A batch's time ends when the event loop has come round once after the last reply: what a client does then (releasing
 * sockets, say) belongs to it and not to whichever arm comes next.
 *
 * @param durationMs Time for all arms together.
 */
export async function measureBlocks(
  arms: readonly Arm[],
  scenario: Scenario,
  durationMs: number,
  { clock, random, progress }: Meters,
): Promise<Blocks> {
  const batchUs = new Map<Arm, number[]>(arms.map((arm) => [arm, []]))
  progress.phase = 'blocks'
  const end = clock.now() + durationMs
  const { pauseMs = 0, mostRequests = Number.POSITIVE_INFINITY } = scenario
  for (let made = 0; clock.now() < end && made < mostRequests; made += scenario.batchRequests) {
    for (const arm of shuffled(arms, random)) {
      progress.arm = arm.name
      if (pauseMs > 0) await clock.sleep(pauseMs)
      arm.asked += scenario.batchRequests
      const begin = clock.now()
      await runBatch(arm.client, scenario.inFlight, scenario.batchRequests, arm.expected, progress)
      await clock.turn()
      batchUs.get(arm)?.push(tenths((clock.now() - begin) * 1e3))
    }
  }
  return { arms: arms.map((arm) => ({ arm: arm.name, batchUs: batchUs.get(arm) ?? [] })) }
}

/** A tenth of a microsecond is below the scatter of any batch, and keeps raw times short in files. */
function tenths(microseconds: number): number {
  return Math.round(microseconds * 10) / 10
}
