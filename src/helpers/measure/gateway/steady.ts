import type { Clock } from '../clock.ts'

/** Requests at a fixed rate, sent whether the earlier ones were answered or not. */
export interface SteadyRate {
  readonly perSecond: number
  readonly durationMs: number
}

export interface SteadyAnswers {
  /**
   * From the moment at which each request was to be sent to the end of its reply, in no order. A sender that is late counts
   * it as the service's delay, because whoever had that request would have waited (no coordinated omission); timers are late
   * by up to a millisecond.
   */
  readonly latenciesMs: readonly number[]
  /** How late each request was sent, in the order of sending: so much of its latency is the sender's. */
  readonly sentLateMs: readonly number[]
  /** Requests that were not answered as they should be, and have no latency. */
  readonly failures: number
}

/**
 * Sends at a fixed rate (an open loop) and waits for every answer.
 *
 * @param send Makes one request; false for a failure that is to be counted. When it rejects, so does everything.
 */
export async function sendSteadily(
  send: () => Promise<boolean>,
  { perSecond, durationMs }: SteadyRate,
  clock: Pick<Clock, 'now' | 'sleep'>,
): Promise<SteadyAnswers> {
  const begin = clock.now()
  const requests = Math.max(1, Math.round((perSecond * durationMs) / 1e3))
  const latenciesMs: number[] = []
  const sentLateMs: number[] = []
  const rejections: unknown[] = []
  let failures = 0
  const sendAt = async (intended: number): Promise<void> => {
    try {
      if (await send()) latenciesMs.push(clock.now() - intended)
      else failures++
    } catch (error) {
      rejections.push(error)
    }
  }
  const sent: Promise<void>[] = []
  for (let index = 0; index < requests && rejections.length === 0; index++) {
    const intended = begin + (index * 1e3) / perSecond
    const early = intended - clock.now()
    if (early > 0) await clock.sleep(Math.ceil(early))
    // A timer may come a little early.
    sentLateMs.push(Math.max(0, clock.now() - intended))
    sent.push(sendAt(intended))
  }
  await Promise.all(sent)
  if (rejections.length > 0) throw rejections[0]
  return { latenciesMs, sentLateMs, failures }
}
