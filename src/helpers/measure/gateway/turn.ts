import { quantile } from '../../statistics/summary.ts'
import { systemClock } from '../clock.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { Window } from '../job.ts'
import type { ServiceWindow } from '../result.ts'
import type { GatewayProcesses } from './gateway-processes.ts'
import type { LoadPlan } from './load-tool.ts'
import type { LoadedRoute } from './messages.ts'
import type { OpenRoute } from './open-routes.ts'

/**
 * Fewer than there are connections: a loop that is blocked for most of a second leaves them all waiting at once, and of 200
 * a third failed beside `/blocking`. The 99th percentile of a window lies between its two slowest then, which is coarse; what
 * is judged is the median over the windows of a process.
 */
const pingsPerSecond = 50

/** What one turn of a route has shown. */
export interface Turn {
  readonly window: Window
  readonly service: ServiceWindow
}

/**
 * Loads a route for a window. Within it the gateway and the upstream read their own clocks, and `/ping` is asked for at a
 * fixed rate. When it is over, no call of the route is on its way.
 *
 * @throws {InvalidWorkError} when a reply is wrong, or none came.
 */
export async function takeTurn(
  processes: GatewayProcesses,
  { name, place, loaded: route, wireBytes }: OpenRoute,
  ping: LoadedRoute,
  plan: Omit<LoadPlan, 'wireBytes'>,
): Promise<Turn> {
  const { gateway, load, pinging } = processes
  await pinging.ask({ type: 'connect', route: ping, connections: plan.connections }, 'connected')
  const begin = { type: 'begin', route, plan: { ...plan, wireBytes } } as const
  const { meterMs } = await load.ask(begin, 'begun', plan.rampMs)
  const begunAt = systemClock.now()
  await gateway.ask({ type: 'meter', route: name }, 'metering')
  const before = await processes.snapshot()
  const rate = { perSecond: pingsPerSecond, durationMs: meterMs }
  // Read when the time is over, and not when the last ping is answered, which a blocked loop may hold back until the load is.
  const [pings, { after, meter, meteredMs }] = await Promise.all([
    pinging.ask({ type: 'steady', route: ping, rate }, 'steady', meterMs),
    systemClock.sleep(meterMs).then(async () => {
      const { meter } = await gateway.ask({ type: 'read meter' }, 'meter')
      const after = await processes.snapshot()
      return { meter, after, meteredMs: systemClock.now() - begunAt }
    }),
  ])
  const { figures } = await load.ask({ type: 'end', meteredMs }, 'ended', plan.windowMs)
  await gateway.ask({ type: 'settle' }, 'settled')

  const { requests, durationMs, ...errors } = figures
  const { latenciesMs, failures } = pings.answers
  // No throughput of 0: its logarithm would make every budget inconclusive, which passes.
  if (requests === 0 || meter.replies === 0) {
    throw new InvalidWorkError(`no request was answered in a window of ${Math.round(durationMs)} ms`)
  }
  if (failures > 0) throw new InvalidWorkError(`/ping failed ${failures} times beside the load`)
  const upstreamMs = after.cpuMs - before.cpuMs
  const asked = (after.counters[place]?.requests ?? 0) - (before.counters[place]?.requests ?? 0)
  return {
    window: {
      requests,
      durationMs,
      clientCpuUsPerRequest: (meter.cpuMs * 1e3) / meter.replies,
      // What asks nothing costs the upstream nothing, whatever its thread does meanwhile.
      targetCpuUsPerRequest: asked === 0 ? 0 : (upstreamMs * 1e3) / asked,
      clientBusy: meter.loopBusy,
      targetBusy: upstreamMs / (after.clockMs - before.clockMs),
    },
    service: {
      ...errors,
      eventLoopDelayP99Ms: meter.eventLoopDelayP99Ms,
      pingBesideP99Ms: quantile(latenciesMs, 0.99),
    },
  }
}

/**
 * Loads a route, and looks at nothing but its replies.
 *
 * @throws {InvalidWorkError} when one is wrong.
 */
export async function warmUp(
  { gateway, load }: GatewayProcesses,
  { loaded: route, wireBytes }: OpenRoute,
  plan: Omit<LoadPlan, 'wireBytes' | 'tool'>,
): Promise<void> {
  // By autocannon whatever the tool: wrk takes two seconds at least.
  const full = { ...plan, tool: 'autocannon', wireBytes } as const
  const { meterMs } = await load.ask({ type: 'begin', route, plan: full }, 'begun', plan.rampMs)
  await systemClock.sleep(meterMs)
  await load.ask({ type: 'end', meteredMs: meterMs }, 'ended')
  await gateway.ask({ type: 'settle' }, 'settled')
}
