import type { Scenario } from '../scenarios/scenario.ts'
import type { Arm } from './arm.ts'
import { runBatch } from './batch.ts'
import type { Window } from './job.ts'
import { startMeter, type TurnMeters } from './span-meter.ts'

/**
 * Measures a window in which the client lies idle before each batch. Its time is that of the batches alone, so that
 * requests over time are what a client does right after a pause, and a pause of its own on top shows.
 *
 * @param durationMs Of batches and pauses together; the last batch is completed, and there is one at least.
 */
export async function measurePausedWindow(
  arm: Arm,
  { inFlight, batchRequests, pauseMs = 0 }: Scenario,
  durationMs: number,
  meters: TurnMeters,
): Promise<Window> {
  const { clock, progress } = meters
  progress.phase = 'window'
  progress.arm = arm.name
  const meter = await startMeter(meters)
  const end = clock.now() + durationMs
  let requests = 0
  let busyMs = 0
  do {
    await clock.sleep(pauseMs)
    arm.asked += batchRequests
    const begin = clock.now()
    await runBatch(arm.client, inFlight, batchRequests, arm.expected, progress)
    busyMs += clock.now() - begin
    requests += batchRequests
  } while (clock.now() < end)
  await clock.turn()
  return { requests, durationMs: busyMs, ...(await meter(requests)) }
}
