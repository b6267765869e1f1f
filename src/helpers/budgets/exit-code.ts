import { isFailure, type Verdict } from './verdict.ts'

/** Exit codes of every command (DESIGN section 5). */
export const exitCodes = { pass: 0, regressed: 1, usage: 2, inconclusive: 3, invalid: 4, interrupted: 130 } as const

/** What became of a run. */
export interface Outcome {
  readonly verdicts: readonly Verdict[]
  /** Whether the command, a budget file or a spec was wrong. */
  readonly usage: boolean
  /** Whether anything failed that is no verdict, such as an ordinary assertion of a spec. */
  readonly otherFailure: boolean
  /** Whether any measurement was invalid, judged or not. */
  readonly invalidMeasurements: boolean
  /** Whether the run was given up before its end, as by Ctrl-C. */
  readonly interrupted: boolean
  /** Whether the time of the run was over before everything was measured. */
  readonly capReached: boolean
  readonly strict: boolean
}

/**
 * The exit code of a run; of several, the first in the order usage, invalid, regressed, interrupted, inconclusive. What
 * is red stays red when the rest was not measured; a green that is not whole is none.
 */
export function exitCodeOf(outcome: Outcome): number {
  const { verdicts, usage, otherFailure, invalidMeasurements, interrupted, capReached, strict } = outcome
  if (usage) return exitCodes.usage
  const failed = (state: Verdict['state']): boolean =>
    verdicts.some((verdict) => verdict.state === state && isFailure(verdict, strict))
  if (invalidMeasurements || failed('invalid')) return exitCodes.invalid
  if (failed('regressed') || otherFailure) return exitCodes.regressed
  if (interrupted) return exitCodes.interrupted
  return capReached || failed('inconclusive') ? exitCodes.inconclusive : exitCodes.pass
}

/**
 * The exit code of runs that are one run in several parts: the first that any of them has, in the order of
 * {@link exitCodeOf}. One that is none of ours is that of a run that went wrong.
 */
export function exitCodeOfParts(codes: readonly number[]): number {
  const { usage, invalid, regressed, interrupted, inconclusive, pass } = exitCodes
  const order: readonly number[] = [usage, invalid, regressed, interrupted, inconclusive, pass]
  if (codes.some((code) => !order.includes(code))) return usage
  return order.find((code) => codes.includes(code)) ?? pass
}
