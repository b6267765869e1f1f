import type { Scenario } from '../scenarios/scenario.ts'
import type { Arm, Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { OwnRetention } from './job.ts'
import type { Memory } from './memory.ts'
import { intervals, memorySeries } from './retained.ts'
import { runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly progress: Progress
  /** Memory in use after a forced collection. */
  collectedMemory(): Promise<Memory>
  /** Listeners on the most burdened emitter of the thread. */
  mostListeners(): number
}

/** Between the first point and the last. A test run makes so many, and a leak of one listener or object a request stands out by far. */
const leastRequests = 10_000

/** So many batches follow each other without the event loop having come round, which mocks may do without. */
const batchesATurn = 8

/** Measures what an arm leaves behind by itself: heap after forced collections over 10,000 requests, and listeners after them. */
export async function measureOwnRetention(arm: Arm, scenario: Scenario, meters: Meters): Promise<OwnRetention> {
  meters.progress.phase = 'own retention'
  const batches = Math.ceil(leastRequests / intervals / scenario.batchRequests)
  const { retainedBytes } = await memorySeries(async () => {
    for (let done = 0; done < batches; done += batchesATurn) {
      await runSegment(arm, scenario, Math.min(batchesATurn, batches - done), meters)
    }
  }, meters)
  return { requestsPerPoint: batches * scenario.batchRequests, retainedBytes, mostListeners: meters.mostListeners() }
}
