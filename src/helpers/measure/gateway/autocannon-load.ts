import autocannon from 'autocannon'
import { systemClock } from '../clock.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { LoadTool } from './load-tool.ts'
import { loopBusy } from './loop-busy.ts'

/** Longer than any window: the load ends when it is told to. */
const untilToldSeconds = 3_600

/** autocannon looks only so often whether it is to end. */
const endingLookMs = 50

/** Has autocannon load a route in this process, and compare every body with the checked one. */
export const loadByAutocannon: LoadTool = async ({ url, expected, requestTimeoutMs }, plan) => {
  const { connections, rampMs, windowMs } = plan
  const { now, sleep } = systemClock
  const result = Promise.withResolvers<autocannon.Result>()
  const instance = autocannon(
    {
      url,
      connections,
      duration: untilToldSeconds,
      timeout: Math.ceil(requestTimeoutMs / 1e3),
      sampleInt: endingLookMs,
      expectBody: expected.text,
    },
    (error: unknown, counted: autocannon.Result) => (error ? result.reject(error) : result.resolve(counted)),
  )
  let replies = 0
  instance.on('response', (_, status) => {
    if (isSuccess(status)) replies++
  })
  await sleep(rampMs)
  const begin = { at: now(), replies, busy: loopBusy() }
  return {
    meterMs: windowMs,
    async end() {
      const ended = { at: now(), replies, busy: begin.busy() }
      instance.stop()
      const { errors, timeouts, non2xx, mismatches } = await result.promise
      // What is no reply of the route has not its body either.
      const wrongBodies = mismatches - non2xx
      if (wrongBodies > 0) throw new InvalidWorkError(`${wrongBodies} replies had another body than the checked one`)
      return {
        requests: ended.replies - begin.replies,
        durationMs: ended.at - begin.at,
        generatorBusy: ended.busy,
        statusErrors: non2xx,
        timeouts,
        connectionErrors: errors - timeouts,
      }
    },
  }
}

/** An error is answered faster than what it stands for, and would count as throughput. */
function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}
