import type { Reply } from '../clients/contract.ts'
import type { Arm } from './arm.ts'
import { checkReply } from './batch.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Window } from './job.ts'
import { withLoopTurns } from './loop-turns.ts'
import { startMeter, type TurnMeters } from './span-meter.ts'

/** How long a window is, and how it is cut short. */
export interface WindowSpan {
  readonly rampMs: number
  readonly durationMs: number
  /** After so many requests it ends before its time, its ramp included. Default: it does not. */
  readonly mostRequests?: number | undefined
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
  { rampMs, durationMs, mostRequests = Number.POSITIVE_INFINITY }: WindowSpan,
  meters: TurnMeters,
): Promise<Window> {
  const { clock, progress } = meters
  progress.phase = 'window'
  progress.arm = arm.name
  const meter = await startMeter(meters)

  const lanes = startLanes(arm, inFlight, mostRequests, meters)
  await Promise.race([clock.sleep(rampMs), lanes.failed])
  const opened = { at: clock.now(), answered: lanes.answered() }
  await Promise.race([clock.sleep(durationMs), lanes.enough, lanes.failed])
  const closed = { at: clock.now(), answered: lanes.answered() }
  await lanes.drain()

  const spent = await meter(lanes.answered())
  const requests = closed.answered - opened.answered
  // No throughput of 0: its logarithm would make every budget inconclusive, which passes.
  if (requests === 0) throw new InvalidWorkError(`${arm.name}: no request was answered in a window of ${durationMs} ms`)
  return {
    requests,
    durationMs: closed.at - opened.at,
    ...spent,
  }
}

/** Keeps `inFlight` requests going until drained, or until so many were made. */
function startLanes(
  arm: Arm,
  inFlight: number,
  most: number,
  { clock, progress }: Pick<TurnMeters, 'clock' | 'progress'>,
) {
  // The first of every lane.
  let made = inFlight
  let answered = 0
  let idleLanes = 0
  let open = true
  const enough = Promise.withResolvers<void>()
  const drained = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<never>()
  const next = (): void => {
    arm.asked++
    arm.client.send().then(onReply, failed.reject)
  }
  const follow = withLoopTurns(next, failed.reject, clock)
  const onReply = (reply: Reply): void => {
    try {
      checkReply(reply, arm.expected)
      answered++
      progress.beats++
      if (open && made < most) {
        made++
        follow()
      } else if (++idleLanes === inFlight) {
        enough.resolve()
        drained.resolve()
      }
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
    /** When as many as may be were made and answered. */
    enough: enough.promise,
    answered: () => answered,
    drain: () => {
      open = false
      return Promise.race([drained.promise, failed.promise])
    },
  }
}
