/** A test may use this part of its time limit for fresh processes; the rest is for what stands around them. */
const partOfTimeout = 0.8

/**
 * When the fresh processes of a test have to be done, in milliseconds since 1970.
 *
 * @param timeoutMs Of the test, as Vitest takes it: 0 and infinity are no limit.
 * @returns undefined where there is no limit.
 */
export function endOfProcesses(beganMs: number, timeoutMs: number): number | undefined {
  return timeoutMs > 0 && Number.isFinite(timeoutMs) ? beganMs + timeoutMs * partOfTimeout : undefined
}

/** Whether one more fits in that takes about as long as the longest so far. */
export function hasTimeFor(longestMs: number, endByMs: number | undefined, nowMs: number): boolean {
  return endByMs === undefined || nowMs + longestMs * 1.2 <= endByMs
}
