import type { Progress } from './arm.ts'
import type { Clock } from './clock.ts'

/** Looks every so many milliseconds whether anything has moved. */
const watchIntervalMs = 250

/**
 * Says so when nothing has moved for the time that one request may take.
 *
 * @param onHang Told what hung, with its place.
 * @returns Ends the watch when cleared.
 */
export function watchForHang(
  progress: Progress,
  requestTimeoutMs: number,
  clock: Pick<Clock, 'now'>,
  onHang: (reason: string) => void,
): NodeJS.Timeout {
  let seen = -1
  let since = clock.now()
  return setInterval(() => {
    if (progress.phase === 'idle' || progress.beats !== seen) {
      seen = progress.beats
      since = clock.now()
    } else if (clock.now() - since > requestTimeoutMs) {
      const seconds = requestTimeoutMs / 1e3
      const what =
        progress.phase === 'close'
          ? `close has not settled for ${seconds} s`
          : `no answer for ${seconds} s in ${progress.phase}`
      onHang(`${progress.arm || 'measuring process'}: hung: ${what}`)
    }
  }, watchIntervalMs)
}
