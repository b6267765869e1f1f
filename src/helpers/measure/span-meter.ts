import type { TargetSnapshot } from '../targets/counters.ts'
import type { Progress } from './arm.ts'
import type { Clock } from './clock.ts'
import type { Window } from './job.ts'

/** What is read before and after a span of load. */
export interface SpanMeters {
  readonly clock: Pick<Clock, 'now'>
  /** CPU time of the whole process so far, in milliseconds. */
  processCpuMs(): number
  /** CPU time of the clients' thread so far, in milliseconds. */
  threadCpuMs(): number
  /** The target's counters and clocks. */
  target(): Promise<TargetSnapshot>
}

/** What is read and told in a window or a burst. */
export interface TurnMeters extends SpanMeters {
  readonly clock: Clock
  readonly progress: Progress
}

/** What a span of load took beside its time. */
type Spent = Pick<Window, 'clientCpuUsPerRequest' | 'targetCpuUsPerRequest' | 'clientBusy' | 'targetBusy'>

/**
 * Begins to meter a span of load. Nothing is in flight then, nor when it ends: the target's thread can only be asked while
 * it has nothing else to do.
 *
 * @returns Ends it: what was spent, divided by all requests of the span where it is per request.
 */
export async function startMeter(meters: SpanMeters): Promise<(requests: number) => Promise<Spent>> {
  const targetBefore = await meters.target()
  const before = { cpuMs: meters.processCpuMs(), threadMs: meters.threadCpuMs() }
  const begin = meters.clock.now()
  return async (requests) => {
    const spanMs = meters.clock.now() - begin
    const after = { cpuMs: meters.processCpuMs(), threadMs: meters.threadCpuMs() }
    const targetMs = (await meters.target()).cpuMs - targetBefore.cpuMs
    return {
      clientCpuUsPerRequest: ((after.cpuMs - before.cpuMs - targetMs) * 1e3) / requests,
      targetCpuUsPerRequest: (targetMs * 1e3) / requests,
      clientBusy: (after.threadMs - before.threadMs) / spanMs,
      targetBusy: targetMs / spanMs,
    }
  }
}
