import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import { runBatch } from './batch.ts'
import type { Clock } from './clock.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly random: Random
  readonly progress: Progress
}

/**
 * Has one arm make so many batches, one after the other. It ends when the event loop has come round once after the last
 * reply, so that what the client does then is done.
 *
 * Without the pauses of the scenario: sums, allocation and retention are those of a client that is at work, in blocks and
 * windows it lies idle. With 20 ms before each request a segment of 60 ms would hold three, where sums need thousands; and the
 * timers of the pauses allocate, which cannot be told apart without reading V8's counter around each of them.
 */
export async function runSegment(
  arm: Arm,
  scenario: Scenario,
  batches: number,
  { clock, progress }: Pick<Meters, 'clock' | 'progress'>,
): Promise<void> {
  progress.arm = arm.name
  for (let done = 0; done < batches; done++) {
    arm.asked += scenario.batchRequests
    await runBatch(arm.client, scenario.inFlight, scenario.batchRequests, arm.expected, progress)
  }
  await clock.turn()
}

/** Batches of a segment when so many requests are spread over so many segments; at least 1. */
export function batchesFor(requests: number, segments: number, { batchRequests }: Scenario): number {
  return Math.max(1, Math.round(requests / segments / batchRequests))
}

/** As many batches in each of so many segments as the most requests of a scenario allow; at least 1. */
export function mostBatches(segments: number, { mostRequests, batchRequests }: Scenario): number {
  if (mostRequests === undefined) return Number.POSITIVE_INFINITY
  return Math.max(1, Math.floor(mostRequests / segments / batchRequests))
}

/**
 * How many batches each arm completes in so many milliseconds, at least 1, found by running them. The arms take turns
 * batch by batch, because one that has run more is compiled further, and allocates 2 to 5 % less (tried with undici).
 *
 * @param segments Of each arm, which together make no more than the most requests of the scenario.
 */
export async function batchesWithin(
  segmentMs: number,
  arms: readonly Arm[],
  scenario: Scenario,
  meters: Meters,
  segments: number,
): Promise<number> {
  let batches = 0
  const most = mostBatches(segments, scenario)
  const end = meters.clock.now() + segmentMs * arms.length
  for (; meters.clock.now() < end && batches < most; batches++) {
    for (const arm of shuffled(arms, meters.random)) await runSegment(arm, scenario, 1, meters)
  }
  return Math.max(1, batches)
}
