import { isOwnServer, type TargetSource } from '../targets/target-source.ts'
import type { MockSetup } from './mock-setup.ts'
import { targetProblem } from './target-problem.ts'

/** What is sent and how, as data: it crosses to measuring processes unchanged. */
export interface Scenario {
  /** The scenario's name in files, tables and commands, e.g. `small-4`. */
  readonly name: string
  /** The most requests at once. */
  readonly inFlight: number
  /** Most connections that a client of the equalised league may hold: the in-flight count, or fewer. */
  readonly connections: number
  /**
   * Requests in a batch, a multiple of `inFlight`: each lane sends its share one after the other. Short batches resist
   * noise, so this is `inFlight` wherever a batch of that many lasts 0.2 ms or more.
   */
  readonly batchRequests: number
  /** Default `GET`. */
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** What the target is asked for; see `targets/answers.ts` for the paths that it knows by itself. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The whole request body. Default: none. */
  readonly body?: string
  /** Size limit in bytes for clients that can be given one. */
  readonly responseLimitBytes?: number
  /** Whether the target speaks TLS, with a certificate of its own for 127.0.0.1. Default false. */
  readonly secure?: boolean
  /** `false`: every request opens a connection of its own, which ends with the response. Default true. */
  readonly keepAlive?: boolean
  /**
   * How long each lane of a batch lies idle before it begins, in milliseconds; no part of the batch's time. In blocks and windows
   * only: sums, allocation and retention are measured without pauses. Default 0.
   */
  readonly pauseMs?: number
  /**
   * Most requests of an arm in one span (a warm-up, a window, the blocks, a segment), which then ends before its time.
   * Connections that have ended keep their ports for a minute. Default: as many as there is time for.
   */
  readonly mostRequests?: number
  /** How a client is loaded where it is measured by itself. Default: lanes that are always full. */
  readonly load?: LoadShape
  /** Whether what the client leaves behind after 10,000 requests that its mock answered is measured as well. Default false. */
  readonly retention?: boolean
  /** The mock that clients with one set up; the others send as ever. Default: none. */
  readonly mock?: MockSetup
  /** What answers: `routes`, `serverTarget` or `mswTarget`. Default: the built-in target, by itself. */
  readonly target?: TargetSource
}

/** How clients are loaded in processes that take turns; each turn of a client is one window. */
export type LoadShape =
  /**
   * A turn is a burst: after a pause, as many requests as may be in flight are started at once and awaited together.
   * With a `fresh` client each burst has one of its own, which is opened after the pause and makes one request before, whose
   * answer is checked; the one before is closed before the pause.
   */
  | { readonly kind: 'bursts'; readonly client: 'fresh' | 'kept'; readonly pauseMs: number }
  /** Windows at each of several points, in random order: numbers in flight, or handlers of a mock. */
  | { readonly kind: 'sweep'; readonly over: 'inFlight' | 'handlers'; readonly points: readonly number[] }
  /** The client is called by the routes of a gateway, which is loaded by a tool; each in a process of its own. */
  | { readonly kind: 'gateway'; readonly tool: 'autocannon' | 'wrk' }

/** What a scenario is made of: defaults may be left out. */
export type ScenarioOptions = Pick<Scenario, 'name' | 'inFlight'> & Partial<Scenario>

/**
 * A scenario with the defaults filled in: GET of a small JSON, no headers, a batch of one request a lane, a connection a
 * lane.
 *
 * @throws {ScenarioError} when a count is not a whole number above 0, when the batch is no multiple of the in-flight count,
 * when a mock is to answer without handlers, or when the target cannot answer.
 */
export function scenario(options: ScenarioOptions): Scenario {
  const { inFlight, batchRequests = inFlight, name, load } = options
  const points = load?.kind === 'sweep' ? load.points : []
  const { connections = Math.max(inFlight, ...(load?.kind === 'sweep' && load.over === 'inFlight' ? points : [])) } =
    options
  for (const [what, count] of [
    ['inFlight', inFlight],
    ['connections', connections],
  ] as const) {
    requireCount(name, what, count)
  }
  for (const point of points) requireCount(name, 'a point of the sweep', point)
  requireMock(name, options)
  requireTarget(name, options)
  if (!Number.isInteger(batchRequests) || batchRequests < 1 || batchRequests % inFlight !== 0) {
    throw new ScenarioError(name, `batchRequests is ${batchRequests}; expected a multiple of inFlight (${inFlight})`)
  }
  return { method: 'GET', path: '/json', headers: {}, ...options, connections, batchRequests }
}

function requireCount(scenarioName: string, what: string, count: number): void {
  if (Number.isInteger(count) && count > 0) return
  throw new ScenarioError(scenarioName, `${what} is ${count}; expected a whole number above 0`)
}

function requireMock(scenarioName: string, { mock }: ScenarioOptions): void {
  if (mock === undefined) return
  const { handlers, requests } = mock
  const least = requests === 'answered' ? 1 : 0
  if (Number.isInteger(handlers) && handlers >= least) return
  throw new ScenarioError(
    scenarioName,
    `handlers is ${handlers}; expected a whole number of ${least} or more where requests are ${requests}`,
  )
}

function requireTarget(scenarioName: string, { target, mock }: ScenarioOptions): void {
  if (target === undefined) return
  const problem = targetProblem(target)
  if (problem !== undefined) throw new ScenarioError(scenarioName, problem)
  // The mock is set up with the answer, before anybody has asked the server for it.
  if (mock !== undefined && isOwnServer(target)) {
    throw new ScenarioError(
      scenarioName,
      'a mock cannot answer as a server of the project does; leave out `target` or `mock`',
    )
  }
}

/** A scenario makes no sense. */
export class ScenarioError extends Error {
  readonly code = 'WIREGAUGE_USAGE'
  override readonly name = 'ScenarioError'

  constructor(scenarioName: string, problem: string) {
    super(`scenario ${scenarioName}: ${problem}`)
  }
}
