import type { Client, ClientRequest } from '../../clients/contract.ts'
import { type Random, shuffled } from '../../statistics/random.ts'
import { requestOf } from '../arms.ts'
import type { AskedWork } from '../equal-work.ts'
import type { JobBasis } from '../job.ts'
import { naming } from '../naming.ts'
import { noSetUp, type SetUpWork, withOpening, withoutSetUp } from '../set-up-work.ts'
import type { GatewayProcesses } from './gateway-processes.ts'
import type { LoadedRoute, RouteReply, RouteSetup } from './messages.ts'
import { pingReply } from './ping-reply.ts'

/**
 * Threads of the pool behind `/pool`. A number of its own, because Piscina's default follows the cores of the machine, and
 * the ratio to other routes would with it.
 */
const poolThreads = 4

/** A route that is open, and was checked. */
export interface OpenRoute extends Pick<AskedWork, 'league' | 'connections' | 'checked'> {
  /** Name of its client. */
  readonly name: string
  /** Place of its port among the upstream's. */
  readonly place: number
  readonly loaded: LoadedRoute
  /** What its client has asked for while it was opened. */
  readonly setUp: SetUpWork
  /** Bytes of one reply, head and all. */
  readonly wireBytes: number
}

export interface RoutesToOpen {
  readonly clients: readonly Client[]
  readonly job: Pick<JobBasis, 'scenario' | 'requestTimeoutMs'>
  /** That the clients' libraries are resolved from. */
  readonly tree: string
  /** Port of the gateway on 127.0.0.1; 0 for any that is free. */
  readonly port: number
  /** Makes the calls of `/blocking` and `/pool`. */
  readonly caller: Client
}

/**
 * Starts the upstream, with a port for each client, and the gateway, with a route for each; then checks one reply of each
 * route in full. Ports of the upstream and queries are drawn, as for arms.
 *
 * @returns The routes in the order of the clients, and `/ping`, which is there in any case.
 * @throws {InvalidWorkError} when a reply is wrong, or the port cannot be had.
 */
export async function openRoutes(
  processes: GatewayProcesses,
  { clients, job, tree, port, caller }: RoutesToOpen,
  random: Random,
): Promise<{ readonly routes: readonly OpenRoute[]; readonly ping: LoadedRoute }> {
  const { scenario, requestTimeoutMs } = job
  const { secure = false, target: source } = scenario
  const listen = { type: 'listen', ports: clients.length, secure, ...(source && { source }) } as const
  const { ports } = await processes.upstream.ask(listen, 'listening')
  const places = shuffled([...ports.keys()], random)
  const planned = clients.map((client, index) => {
    const place = places[index] as number
    return { client, place, request: requestOf(scenario, ports[place] as number, random) }
  })
  const own = planned.map(({ client, request }) => setupOf(client, caller, tree, request))
  const routes = own.some(({ kind }) => kind === 'ping')
    ? own
    : [...own, { name: 'ping beside', kind: 'ping' } as const]
  const setup = { routes, port, poolThreads, requestTimeoutMs }
  const opened = await processes.gateway.ask({ type: 'open', setup }, 'opened')
  // What the clients have asked for while they were opened.
  const before = (await processes.snapshot()).counters
  const at = (path: string, expected: RouteReply): LoadedRoute => ({
    url: `http://127.0.0.1:${opened.port}${path}`,
    expected: { status: expected.status, text: expected.text },
    requestTimeoutMs,
  })
  const open: OpenRoute[] = []
  for (const { client, place, request } of planned) {
    const { name, league, route = 'async' } = client
    const path = route === 'async' ? `/async/${encodeURIComponent(name)}` : `/${route}`
    const { answer } = await processes.upstream.ask({ type: 'answer', request }, 'answer')
    const loaded = at(path, route === 'ping' ? pingReply : answer)
    const { wireBytes } = await naming(name, () => processes.load.ask({ type: 'check', route: loaded }, 'checked'))
    const opening = before[place]
    const setUp = opening === undefined ? noSetUp : withOpening(noSetUp, { ...opening, ...noSetUp }, opening)
    const counted = (await processes.snapshot()).counters[place]
    const { bytesIn, bytesOut } = counted === undefined ? noSetUp : withoutSetUp(counted, setUp)
    // Every thread of the pool has a client of its own.
    const connections = scenario.connections * (route === 'pool' ? poolThreads : 1)
    open.push({ name, league, place, loaded, wireBytes, connections, checked: { bytesIn, bytesOut }, setUp })
  }
  return { routes: open, ping: at('/ping', pingReply) }
}

function setupOf(client: Client, caller: Client, tree: string, request: ClientRequest): RouteSetup {
  const { name, route: kind = 'async' } = client
  if (kind === 'ping') return { name, kind }
  const { module, exportName } = kind === 'async' ? client : caller
  return { name, kind, call: { client: { module, exportName }, tree, request } }
}
