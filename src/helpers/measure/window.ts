import type { Reply } from '../clients/contract.ts'
import type { TargetSnapshot } from '../targets/counters.ts'
import type { Arm, Progress } from './arm.ts'
import { checkReply } from './batch.ts'
import type { Clock } from './clock.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Window } from './job.ts'

interface Meters {
  readonly clock: Clock
  readonly progress: Progress
  /** CPU time of the whole process so far, in milliseconds. */
  processCpuMs(): number
  /** CPU time of the clients' thread so far, in milliseconds. */
  threadCpuMs(): number
  /** The target's counters and clocks. */
  target(): Promise<TargetSnapshot>
}

/**
 * Measures a window: `inFlight` lanes that are always full. Requests and duration leave ramp-up and drain out; CPU time
 * is that of the whole span from the first request to the last reply, divided by all its requests, because the target's
 * thread can only be asked while nothing is in flight.
 *
 * Rejects with the first failure of the client, or with {@link InvalidWorkError} when nothing was answered in the window.
 */
export async function measureWindow(
  arm: Arm,
  inFlight: number,
  { rampMs, durationMs }: { rampMs: number; durationMs: number },
  meters: Meters,
): Promise<Window> {
  const { clock, progress } = meters
  progress.phase = 'window'
  progress.arm = arm.name
  const targetBefore = await meters.target()
  const before = { cpuMs: meters.processCpuMs(), threadMs: meters.threadCpuMs() }
  const begin = clock.now()

  const lanes = startLanes(arm, inFlight, progress)
  await Promise.race([clock.sleep(rampMs), lanes.failed])
  const opened = { at: clock.now(), answered: lanes.answered() }
  await Promise.race([clock.sleep(durationMs), lanes.failed])
  const closed = { at: clock.now(), answered: lanes.answered() }
  await lanes.drain()

  const spanMs = clock.now() - begin
  const after = { cpuMs: meters.processCpuMs(), threadMs: meters.threadCpuMs() }
  const targetAfter = await meters.target()
  const targetMs = targetAfter.cpuMs - targetBefore.cpuMs
  const all = lanes.answered()
  const requests = closed.answered - opened.answered
  // No throughput of 0: its logarithm would make every budget inconclusive, which passes.
  if (requests === 0) throw new InvalidWorkError(`${arm.name}: no request was answered in a window of ${durationMs} ms`)
  return {
    requests,
    durationMs: closed.at - opened.at,
    clientCpuUsPerRequest: ((after.cpuMs - before.cpuMs - targetMs) * 1e3) / all,
    targetCpuUsPerRequest: (targetMs * 1e3) / all,
    clientBusy: (after.threadMs - before.threadMs) / spanMs,
    targetBusy: targetMs / spanMs,
  }
}

/** Keeps `inFlight` requests going until drained. */
function startLanes(arm: Arm, inFlight: number, progress: Progress) {
  let answered = 0
  let idleLanes = 0
  let open = true
  const drained = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<never>()
  const next = (): void => {
    arm.asked++
    arm.client.send().then(onReply, failed.reject)
  }
  const onReply = (reply: Reply): void => {
    try {
      checkReply(reply, arm.expected)
      answered++
      progress.beats++
      if (open) next()
      else if (++idleLanes === inFlight) drained.resolve()
    } catch (error) {
      failed.reject(error)
    }
  }
  try {
    for (let lane = 0; lane < inFlight; lane++) next()
  } catch (error) {
    failed.reject(error)
  }
  return {
    failed: failed.promise,
    answered: () => answered,
    drain: () => {
      open = false
      return Promise.race([drained.promise, failed.promise])
    },
  }
}
