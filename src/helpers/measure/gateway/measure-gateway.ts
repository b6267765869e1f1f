import type { Client } from '../../clients/contract.ts'
import { undiciRequest } from '../../clients/undici-request.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { randomFrom, shuffled } from '../../statistics/random.ts'
import { median } from '../../statistics/summary.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { JobBasis } from '../job.ts'
import type { LoadEffort } from '../load.ts'
import { naming } from '../naming.ts'
import type { ClientLoad, LatencyAtRate, LoadReplicate } from '../result.ts'
import { closedCounts } from './closed-counts.ts'
import { GatewayProcesses, type Role } from './gateway-processes.ts'
import { measureLatency } from './latency-at-rate.ts'
import type { LoadPlan } from './load-tool.ts'
import { type OpenRoute, openRoutes } from './open-routes.ts'
import { type Turn, takeTurn, warmUp } from './turn.ts'
import { wrkVersion } from './wrk-load.ts'

/**
 * A window is so many times as long as that of a client by itself: one second where that has a quarter. A route that blocks
 * answers some hundred requests a second, and less than that is no percentile.
 */
const windowTimes = 4

/** The fixed rate lasts so many windows, because it is half of what is answered in one. */
const latencyWindows = 2

export interface GatewayOptions {
  /** Port of the gateway on 127.0.0.1. Default: any that is free. */
  readonly port?: number
  /** Makes the calls of `/blocking` and `/pool`. Default: undici-request, so that they differ from its route by nothing else. */
  readonly caller?: Client
  /** Clients whose latencies at half of the capacity are measured as well, where the tool knows a rate. Default: all. */
  readonly latencyOf?: readonly Client[]
  /** Told of every process once it runs. Default: nobody is. */
  readonly onProcess?: (role: Role, pid: number) => void
}

/**
 * Measures the routes of a gateway under load: one for each client, which take turns in random order. Gateway, upstream and
 * load have processes of their own, which are gone when this settles.
 *
 * @param clients What only a gateway has (`/ping`, `/blocking`, `/pool`), or a client that its route awaits.
 * @throws {InvalidWorkError} when the work was not the work; the message names the client, or the process that failed.
 * @throws {UsageError} when a client cannot be loaded, or the tool is not installed.
 */
export async function measureGateway(
  clients: readonly Client[],
  job: JobBasis,
  tree: string,
  effort: LoadEffort,
  signal: AbortSignal,
  { port = 0, caller = undiciRequest, latencyOf = clients, onProcess }: GatewayOptions = {},
): Promise<LoadReplicate> {
  const { scenario, seed } = job
  const tool = toolOf(scenario)
  if (tool === 'wrk') await wrkVersion()
  const random = randomFrom(seed)
  await using processes = new GatewayProcesses(job, signal, onProcess)
  return await processes.during(async () => {
    const { routes, ping } = await openRoutes(processes, { clients, job, tree, port, caller }, random)
    const windowMs = windowTimes * effort.windowMs
    const plan = { tool, connections: scenario.inFlight, rampMs: effort.rampMs, windowMs }
    for (const route of shuffled(routes, random)) {
      await naming(route.name, () => warmUp(processes, route, { ...plan, windowMs: effort.warmUpMs }))
    }
    const turns = new Map<OpenRoute, Turn[]>(routes.map((route) => [route, []]))
    for (let round = 0; round < effort.rounds; round++) {
      for (const route of shuffled(routes, random)) {
        turns.get(route)?.push(await naming(route.name, () => takeTurn(processes, route, ping, plan)))
      }
    }
    const latencies = new Map<OpenRoute, LatencyAtRate>()
    if (tool === 'autocannon') {
      const told = routes.filter(({ name }) => latencyOf.some((client) => client.name === name))
      for (const route of shuffled(told, random)) {
        const capacity = capacityOf(turns.get(route) ?? [])
        const measured = await naming(route.name, () =>
          measureLatency(processes, route, {
            requestsPerSecond: capacity / 2,
            durationMs: latencyWindows * windowMs,
            connections: plan.connections,
          }),
        )
        latencies.set(route, measured)
      }
    }
    const counts = await closedCounts(processes, routes)
    const loads = routes.map((route): ClientLoad => {
      const own = turns.get(route) ?? []
      const atHalf = latencies.get(route)
      const counted = counts.get(route)
      if (counted === undefined) throw new InvalidWorkError(`${route.name}: nobody has counted its calls`)
      return {
        client: route.name,
        windows: own.map(({ window }) => window),
        service: {
          windows: own.map(({ service }) => service),
          ...(atHalf === undefined ? {} : { latencyAtHalfCapacity: atHalf }),
        },
        counts: counted,
      }
    })
    return { seed, clients: loads }
  })
}

/** Requests per second, the median over the windows. */
function capacityOf(turns: readonly Turn[]): number {
  return median(turns.map(({ window: { requests, durationMs } }) => (requests * 1e3) / durationMs))
}

function toolOf({ name, load }: Scenario): LoadPlan['tool'] {
  if (load?.kind === 'gateway') return load.tool
  throw new InvalidWorkError(`the scenario ${name} loads no gateway`)
}
