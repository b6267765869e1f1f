import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import type { TargetSnapshot } from '../targets/counters.ts'
import type { Arm, Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { ArmTimes, Extent } from './job.ts'
import type { Collector } from './memory.ts'
import { batchesFor, batchesWithin, runSegment } from './segment.ts'

interface Meters {
  readonly clock: Pick<Clock, 'now' | 'turn'>
  readonly collector: Pick<Collector, 'young'>
  readonly random: Random
  readonly progress: Progress
  /** CPU time of the whole process so far, in milliseconds. */
  processCpuMs(): number
  /** The target's counters and clocks. */
  target(): Promise<TargetSnapshot>
}

/** Each arm's requests are spread over so many segments, taken in turns, so that a late compilation hits all arms. */
const usualSegments = 12

/** A segment is as many batches as each arm completes in this time beforehand. */
const segmentMs = 50

/** What was spent in the segments of an arm so far. */
interface Spent {
  cpuMs: number
  wallMs: number
}

/**
 * Measures what each arm costs in all, every arm over the same number of requests: the CPU time of the clients' side and
 * the wall time. These are totals and hold what hits few batches, collections and stalls, which medians of batches hide
 * (DESIGN 3.7).
 *
 * Each segment begins and ends with a forced collection of what was allocated last, so that every arm pays for its own
 * garbage. With a full one before each segment the wall time of equal arms of undici, one request at a time, differed by
 * 17 % between processes (standard deviation over 10), without by 4 %; in five clients and scenarios it was 4 to 17 % and is
 * 2 to 7 %. CPU time differs by 5 to 10 %.
 *
 * The clocks are read only between segments, while nothing is in flight.
 *
 * @returns The arms in the given order.
 */
export async function measureTotals(
  arms: readonly Arm[],
  scenario: Scenario,
  meters: Meters,
  { segments = usualSegments, requests: asked }: Extent = {},
): Promise<readonly ArmTimes[]> {
  const { clock, collector, progress, random } = meters
  progress.phase = 'totals'
  const possible = await batchesWithin(segmentMs, arms, scenario, meters, segments)
  const batches = asked === undefined ? possible : batchesFor(asked, segments, scenario)

  const spent = new Map<Arm, Spent>(arms.map((arm) => [arm, { cpuMs: 0, wallMs: 0 }]))
  for (let segment = 0; segment < segments; segment++) {
    for (const arm of shuffled(arms, random)) {
      const own = spent.get(arm) as Spent
      collector.young()
      const targetBefore = (await meters.target()).cpuMs
      const before = { cpuMs: meters.processCpuMs(), wallMs: clock.now() }
      await runSegment(arm, scenario, batches, meters)
      collector.young()
      own.wallMs += clock.now() - before.wallMs
      const cpuMs = meters.processCpuMs() - before.cpuMs
      own.cpuMs += cpuMs - ((await meters.target()).cpuMs - targetBefore)
    }
  }
  const requests = segments * batches * scenario.batchRequests
  return [...spent].map(([arm, { cpuMs, wallMs }]) => ({
    arm: arm.name,
    requests,
    clientCpuUsPerRequest: (cpuMs * 1e3) / requests,
    wallUsPerRequest: (wallMs * 1e3) / requests,
  }))
}
