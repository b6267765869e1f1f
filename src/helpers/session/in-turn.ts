import { lockMachine } from '../measure/lock.ts'
import type { MeasurementPlan } from '../measure/measurement.ts'
import type { Session } from './session.ts'

/**
 * Works when it is the caller's turn, under the machine's lock.
 *
 * @returns Undefined, and nothing was done, when the time of the run is over by then: waiting may have taken all of it.
 */
export async function inTurn<Result>(
  session: Session,
  { signal }: Pick<MeasurementPlan, 'signal'>,
  look: number,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  using _turn = await session.turns.take(look)
  signal.throwIfAborted()
  if (remainingMs(session) < 0) return undefined
  const onWait = (holder: string): void => session.say(`waiting for ${holder}, which is measuring on this machine`)
  await using _lock = await lockMachine(onWait, { signal })
  return remainingMs(session) < 0 ? undefined : await work()
}

/** Until the cap of the run; negative after it. */
export function remainingMs({ startedAtMs, capSeconds, nowMs }: Session): number {
  return startedAtMs + capSeconds * 1e3 - nowMs()
}
