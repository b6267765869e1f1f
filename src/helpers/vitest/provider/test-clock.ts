import type { BenchClock } from './bench-arm.ts'

/** A clock that goes on only when it is told to. */
export interface TestClock extends BenchClock {
  /** Lets time pass, in milliseconds. */
  pass(ms: number): void
}

/** @param turnMs What a turn of the event loop takes. Default: nothing. */
export function testClock(turnMs = 0): TestClock {
  let nowMs = 0
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { now: () => nowMs, pass, turn: async () => pass(turnMs) }
}
