import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { Arm, Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { ArmRetention } from './job.ts'
import type { Memory } from './memory.ts'
import { batchesWithin, mostBatches, runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly random: Random
  readonly progress: Progress
  /** Memory in use after a forced collection. */
  collectedMemory(): Promise<Memory>
  /** Listeners on the most burdened open socket to a port; undefined where none is open. */
  mostListeners(port: number): number | undefined
}

/** Spans between the points of one arm. A slope over several tells growth from one step (a cache that fills once). */
export const intervals = 8

/** Requests of an arm in all, enough for a leak of one listener or object a request to show. */
const leastRequests = 1_000

/** An interval lasts this long at least, so that what fast clients leave by chance is spread over more requests. */
const intervalMs = 60

/** An interval of slow requests (1 MB each, or delayed) has fewer than its share of the least, to last this long at most. */
const longestIntervalMs = 200

/**
 * Measures what each arm leaves behind: heap in use after a forced collection, and resident memory, at points between
 * which one arm alone makes requests, and right after its last one the listeners on its sockets.
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
  const pace = await batchesWithin(intervalMs, arms, scenario, meters, intervals + 1)
  const share = Math.ceil(leastRequests / intervals / scenario.batchRequests)
  const batches = Math.min(
    Math.max(pace, Math.min(share, Math.floor(pace * (longestIntervalMs / intervalMs)))),
    mostBatches(intervals + 1, scenario),
  )

  const measured = new Map<Arm, ArmRetention>()
  for (const arm of shuffled(arms, random)) measured.set(arm, await retainedBy(arm, scenario, batches, meters))
  return arms.map((arm) => measured.get(arm) as ArmRetention)
}

async function retainedBy(arm: Arm, scenario: Scenario, batches: number, meters: Meters): Promise<ArmRetention> {
  let listeners: number | undefined
  const series = await memorySeries(async () => {
    await runSegment(arm, scenario, batches, meters)
    // Before anything waits: a client may close what is idle.
    listeners = meters.mostListeners(arm.port)
  }, meters)
  const requestsPerPoint = batches * scenario.batchRequests
  const retained = { arm: arm.name, requestsPerPoint, ...series }
  return listeners === undefined ? retained : { ...retained, listeners }
}

/**
 * Reads memory at points between which an interval has passed, after one that does not count.
 *
 * @param interval Makes the requests of one interval.
 */
export async function memorySeries(
  interval: () => Promise<void>,
  { collectedMemory }: Pick<Meters, 'collectedMemory'>,
): Promise<Pick<ArmRetention, 'retainedBytes' | 'residentBytes'>> {
  await interval()
  const first = await collectedMemory()
  const retainedBytes = [0]
  const residentBytes = [0]
  for (let done = 0; done < intervals; done++) {
    await interval()
    const now = await collectedMemory()
    retainedBytes.push(now.heapBytes - first.heapBytes)
    residentBytes.push(now.residentBytes - first.residentBytes)
  }
  return { retainedBytes, residentBytes }
}
