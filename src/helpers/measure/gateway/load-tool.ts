import type { LoadedRoute } from './messages.ts'

/** How a route is loaded: in a closed loop, each connection always waiting for one reply. */
export interface LoadPlan {
  readonly tool: 'autocannon' | 'wrk'
  readonly connections: number
  /** Left out of everything but the errors. */
  readonly rampMs: number
  /** At least so much is measured. */
  readonly windowMs: number
  /** Bytes of one reply, head and all, as the checked one had them. */
  readonly wireBytes: number
}

/** What a tool has counted. */
export interface LoadFigures {
  /** Replies in the window, but for status errors. */
  readonly requests: number
  readonly durationMs: number
  /**
   * Share of the time, 0 to 1, in which the generator's event loop did not wait for events; of wrk, which does not tell that,
   * in which its thread was on a core.
   */
  readonly generatorBusy: number
  /** Replies with another status than 2xx (wrk: 400 and above), from the first request to the last. */
  readonly statusErrors: number
  readonly timeouts: number
  readonly connectionErrors: number
}

/** A load that is on. */
export interface RunningLoad {
  /** It stays on for so long at least. */
  readonly meterMs: number
  /**
   * Ends it.
   *
   * @param meteredMs From the end of the ramp until the last clock was read.
   * @throws {InvalidWorkError} when replies were not what they should be, or clocks were read after the load.
   */
  end(meteredMs: number): Promise<LoadFigures>
}

/** Begins to load a route; resolves when the ramp is over. */
export type LoadTool = (route: LoadedRoute, plan: LoadPlan) => Promise<RunningLoad>
