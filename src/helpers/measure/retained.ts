import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { ArmRetention } from './job.ts'
import type { Memory } from './memory.ts'
import { batchesWithin, runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly random: Random
  readonly progress: Progress
  /** Memory in use after a forced collection. */
  collectedMemory(): Promise<Memory>
  /** Listeners on the most burdened open socket to a port. */
  mostListeners(port: number): number
}

/** Spans between the points of one arm. A slope over several tells growth from one step (a cache that fills once). */
const intervals = 8

/** Requests of an arm in all, enough for a leak of one listener or object a request to show. */
const leastRequests = 1_000

/** An interval lasts this long at least, so that what fast clients leave by chance is spread over more requests. */
const intervalMs = 60

/** An interval of slow requests (1 MB each, or delayed) has fewer than its share of the least, to last this long at most. */
const longestIntervalMs = 200

/**
 * Measures what each arm leaves behind: heap in use after a forced collection, and resident memory, at points between
 * which one arm alone makes requests, and at the end the listeners on each arm's sockets.
 *
 * One arm makes all its requests before the other begins, in random order, after a segment that does not count. Taking turns
 * would help against noise in time, which is none here, and adds one of its own: what stays reachable until the next request of
 * the same arm then counts for whichever arm ran meanwhile, and adds up (the slopes of equal arms of axios differed by 35
 * bytes a request, standard deviation over processes, against 6). undici still draws a saw: it gives
 * back what it holds of finished requests, some 85 bytes each, only when a timer of its own ticks, every half second.
 *
 * An arm makes 1,000 requests or more, except where these would last longer than 1.6 s (1 MB bodies).
 */
export async function measureRetained(
  arms: readonly Arm[],
  scenario: Scenario,
  meters: Meters,
): Promise<readonly ArmRetention[]> {
  const { progress, random } = meters
  progress.phase = 'retention'
  const pace = await batchesWithin(intervalMs, arms, scenario, meters)
  const share = Math.ceil(leastRequests / intervals / scenario.batchRequests)
  const batches = Math.max(pace, Math.min(share, Math.floor(pace * (longestIntervalMs / intervalMs))))

  const series = new Map(arms.map((arm) => [arm, { retainedBytes: [0], residentBytes: [0] }]))
  for (const arm of shuffled(arms, random)) {
    await runSegment(arm, scenario, batches, meters)
    const first = await meters.collectedMemory()
    for (let interval = 0; interval < intervals; interval++) {
      await runSegment(arm, scenario, batches, meters)
      const now = await meters.collectedMemory()
      const own = series.get(arm)
      own?.retainedBytes.push(now.heapBytes - first.heapBytes)
      own?.residentBytes.push(now.residentBytes - first.residentBytes)
    }
  }
  return [...series].map(([arm, own]) => ({
    arm: arm.name,
    requestsPerPoint: batches * scenario.batchRequests,
    ...own,
    listeners: meters.mostListeners(arm.port),
  }))
}
