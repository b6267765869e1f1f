import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { CapReachedError } from '../../helpers/session/cap-reached-error.ts'

/** What gives a search or a history up before its end. */
export interface Cut {
  /** Whether somebody asked for it; else time was over. */
  readonly interrupted: boolean
  /** In words. */
  readonly reason: string
}

/** Of what is kept of one that goes on, for who finds it after a kill. */
export const unfinished: Cut = { interrupted: true, reason: 'it was not over when this was written' }

/** The error names the measurement that was not begun, of which the reader has never heard. */
const overTime = 'the time of the run was over: raise --cap, or search fewer versions'

/** Why an error gives it up; undefined for one that is a fault. Whatever fails when the command is ended fails for that. */
export function cutBy(error: unknown, signal: AbortSignal): Cut | undefined {
  if (signal.aborted) return { interrupted: true, reason: 'the command was ended' }
  return error instanceof CapReachedError ? { interrupted: false, reason: overTime } : undefined
}

export function cutExitCode({ interrupted }: Cut): number {
  return interrupted ? exitCodes.interrupted : exitCodes.inconclusive
}

export function cutWords({ interrupted, reason }: Cut): string {
  return `${interrupted ? 'interrupted' : 'inconclusive'}: ${reason}`
}
