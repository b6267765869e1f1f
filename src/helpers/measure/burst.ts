import { runBatch } from './batch.ts'
import type { Window } from './job.ts'
import { openAnew, type ReopenableArm } from './reopen.ts'
import { startMeter, type TurnMeters } from './span-meter.ts'

/** What a burst is of. */
export interface Burst {
  /** Requests that are started at once and awaited together. */
  readonly requests: number
  /** Whether it has a client of its own, which has made one request, whose answer was checked, or the one of the burst before. */
  readonly client: 'fresh' | 'kept'
  /** Before it, in milliseconds: of a fresh client after the one before was closed, and before this one is opened. */
  readonly pauseMs: number
}

/**
 * Measures a burst. Opening and closing the client is no part of it, as it was none of the question that this comes from
 * (FIELD section 1); connecting is, but for the one connection of the checked request.
 *
 * A fresh client takes the place of the one before, which is closed before the pause, so that what its connections leave to do
 * when they end is done by then.
 *
 * @returns The burst as a window, which lasts from the first request to the last answer.
 * @throws {InvalidWorkError} when the first answer of a fresh client is wrong.
 */
export async function measureBurst(
  arm: ReopenableArm,
  { requests, client, pauseMs }: Burst,
  meters: TurnMeters,
): Promise<Window> {
  const { clock, progress } = meters
  progress.arm = arm.name
  if (client === 'fresh') {
    progress.phase = 'close'
    await arm.client.close()
    progress.beats++
  }
  progress.phase = 'idle'
  await clock.sleep(pauseMs)
  progress.phase = 'burst'
  if (client === 'fresh') await openAnew(arm)
  progress.beats++
  const meter = await startMeter(meters)
  arm.asked += requests
  const begin = clock.now()
  await runBatch(arm.client, requests, requests, arm.expected, progress)
  const durationMs = clock.now() - begin
  await clock.turn()
  return { requests, durationMs, ...(await meter(requests)) }
}
