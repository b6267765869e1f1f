/** Where a budget stands between its looks. Times in milliseconds. */
export interface BetweenLooks {
  /** Looks that there still can be, 1 or more. */
  readonly looksLeft: number
  readonly sinceFirstMs: number
  /** Until the cap of the run; infinite without one. */
  readonly remainingMs: number
}

/** Stalls of the machine come in bursts far shorter than that (DESIGN section 2), so that it is the least between two looks. */
const burstMs = 2_000

/**
 * How long to wait before the next look, in milliseconds. The looks left are spread evenly over what is left of the spread,
 * or of the run where that is less; the turns of other measurements fill the wait.
 *
 * @param spreadMs Time from the first look to the last.
 */
export function gapMs({ looksLeft, sinceFirstMs, remainingMs }: BetweenLooks, spreadMs: number): number {
  const even = (spreadMs - sinceFirstMs) / looksLeft
  return Math.max(0, Math.min(Math.max(even, Math.min(burstMs, spreadMs)), remainingMs / looksLeft))
}
