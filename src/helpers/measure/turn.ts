import type { Scenario } from '../scenarios/scenario.ts'
import { measureBurst } from './burst.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Turn, Window } from './job.ts'
import { measurePausedWindow } from './paused-window.ts'
import { type ReopenableArm, reopen } from './reopen.ts'
import type { TurnMeters } from './span-meter.ts'
import { measureWindow } from './window.ts'

/** After its mock has been set up anew, a client sends for so long before it is measured, in milliseconds. */
const rampOfNewMockMs = 100

/**
 * Measures one turn of an arm in the way that its scenario is loaded.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function measureTurn(
  arm: ReopenableArm,
  scenario: Scenario,
  { point, ...span }: Turn,
  meters: TurnMeters,
): Promise<Window> {
  const { load, inFlight, mostRequests, mock } = scenario
  const limited = { ...span, mostRequests }
  switch (load?.kind) {
    case undefined:
      if (scenario.pauseMs !== undefined) return await measurePausedWindow(arm, scenario, span.durationMs, meters)
      return await measureWindow(arm, inFlight, limited, meters)
    case 'bursts':
      return await measureBurst(arm, { requests: inFlight, client: load.client, pauseMs: load.pauseMs }, meters)
    case 'sweep': {
      if (point === undefined) return await measureWindow(arm, inFlight, limited, meters)
      if (load.over === 'inFlight') return { ...(await measureWindow(arm, point, limited, meters)), point }
      if (mock === undefined) throw new InvalidWorkError(`${scenario.name} sweeps over handlers and has no mock`)
      await reopen(arm, { mock: { ...mock, handlers: point } })
      const rampMs = Math.max(span.rampMs, rampOfNewMockMs)
      return { ...(await measureWindow(arm, inFlight, { ...limited, rampMs }, meters)), point }
    }
    case 'gateway':
      throw new InvalidWorkError(`${scenario.name} is measured through a gateway, and not in this process`)
  }
}
