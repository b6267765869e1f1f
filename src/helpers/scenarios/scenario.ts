/** What is sent and how, as data: it crosses to measuring processes unchanged. */
export interface Scenario {
  /** The scenario's name in files, tables and commands, e.g. `small-4`. */
  readonly name: string
  /** The most requests at once. In the equalised league it is also the cap on connections. */
  readonly inFlight: number
  /**
   * Requests in a batch, a multiple of `inFlight`: each lane sends its share one after the other. Short batches resist
   * noise (DESIGN section 2), so this is `inFlight` wherever a batch of that many lasts 0.2 ms or more.
   */
  readonly batchRequests: number
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  /** What the target is asked for; see `targets/answers.ts` for the paths that it knows. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Size limit in bytes for clients that can be given one. */
  readonly responseLimitBytes?: number
}

interface ScenarioOptions {
  readonly name: string
  readonly inFlight: number
  readonly batchRequests?: number
  readonly method?: Scenario['method']
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly responseLimitBytes?: number
}

/**
 * A scenario with the defaults filled in: GET of a small JSON, no headers, a batch of one request a lane.
 *
 * @throws {ScenarioError} when a count is not a whole number above 0, or when the batch is no multiple of the in-flight
 * count.
 */
export function scenario(options: ScenarioOptions): Scenario {
  const { inFlight, batchRequests = inFlight, name } = options
  if (!Number.isInteger(inFlight) || inFlight < 1) {
    throw new ScenarioError(name, `inFlight is ${inFlight}; expected a whole number above 0`)
  }
  if (!Number.isInteger(batchRequests) || batchRequests < 1 || batchRequests % inFlight !== 0) {
    throw new ScenarioError(name, `batchRequests is ${batchRequests}; expected a multiple of inFlight (${inFlight})`)
  }
  return { method: 'GET', path: '/json', headers: {}, ...options, batchRequests }
}

/** A scenario makes no sense. */
export class ScenarioError extends Error {
  readonly code = 'WIREGAUGE_USAGE'
  override readonly name = 'ScenarioError'

  constructor(scenarioName: string, problem: string) {
    super(`scenario ${scenarioName}: ${problem}`)
  }
}
