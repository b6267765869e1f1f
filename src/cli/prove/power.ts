/** Share of the trials that must show a worsening that a budget catches (DESIGN section 4). */
export const promisedPower = 0.95

/**
 * Whether so many trials keep a promise: at most one of twenty may miss where the promise is 95 %. Of fewer, one may,
 * because one miss says little; but something must have been shown.
 */
export function isKept(shown: number, trials: number, promised: number): boolean {
  const rounding = 1e-9
  return shown > 0 && trials - shown <= Math.max(1, Math.floor((1 - promised) * trials + rounding))
}
