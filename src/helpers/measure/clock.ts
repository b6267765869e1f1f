import { setTimeout as sleep } from 'node:timers/promises'

/** The clocks of a measuring process, injected so that tests run on recorded ones. */
export interface Clock {
  /** Monotonic time in milliseconds, with microseconds behind the point. */
  now(): number
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>
  /** Resolves when the event loop has come round once, after what the last replies left to do. */
  turn(): Promise<void>
}

/** Bytes allocated on this thread's heap since it began; absent in Node versions that cannot tell. */
export type AllocatedBytes = (() => number) | undefined

/** Bytes that the buffers of this thread hold at the moment, outside of its heap. */
export type HeldBufferBytes = () => number

/** The clocks of the process. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms) => sleep(ms),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
}
