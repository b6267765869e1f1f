import type { TargetCounters } from '../../targets/counters.ts'
import { disagreement, unsoundConnections } from '../equal-work.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { ArmCounts } from '../job.ts'
import { withoutSetUp } from '../set-up-work.ts'
import { settledCounters } from '../settled-counters.ts'
import type { GatewayProcesses } from './gateway-processes.ts'
import type { RouteCounts } from './messages.ts'
import type { OpenRoute } from './open-routes.ts'

/**
 * Closes the gateway and compares what the upstream has counted for each route with what the gateway says that it has asked
 * for.
 *
 * @throws {InvalidWorkError} when they disagree.
 */
export async function closedCounts(
  processes: GatewayProcesses,
  routes: readonly OpenRoute[],
): Promise<ReadonlyMap<OpenRoute, ArmCounts>> {
  const asked = await processes.gateway.ask({ type: 'settle' }, 'settled')
  const snapshot = () => processes.snapshot()
  const counted = await settledCounters(snapshot, (place) => {
    const route = routes.find((each) => each.place === place)
    return route?.league === 'equalised' ? route.connections : Number.POSITIVE_INFINITY
  })
  await processes.gateway.ask({ type: 'close' }, 'closed')
  const closed = await settledCounters(snapshot, () => 0)
  return new Map(
    routes.map((route) => {
      const { name, place } = route
      const own = asked.routes.find((each) => each.name === name)
      const atAll = counted[place]
      if (own === undefined || atAll === undefined) throw new InvalidWorkError(`${name}: nobody has counted its calls`)
      const counters = withoutSetUp(atAll, route.setUp)
      const problem = disagreementOf(route, own, counters, closed[place]?.openConnections ?? 0)
      if (problem !== undefined) throw new InvalidWorkError(`${name}: ${problem}`)
      const { version } = own
      return [route, { arm: name, ...counters, ...(version === undefined ? {} : { version }) }]
    }),
  )
}

/**
 * What disagrees in words, or undefined. Of calls that failed nobody knows how far they came, so that their number is allowed
 * for and bytes are not compared; they are errors of the route, which have a budget of their own. Connections have to be sound
 * all the same.
 */
export function disagreementOf(
  { league, connections, checked }: Pick<OpenRoute, 'league' | 'connections' | 'checked'>,
  { asked, failed }: Pick<RouteCounts, 'asked' | 'failed'>,
  counted: TargetCounters,
  leftOpen: number,
): string | undefined {
  if (failed === 0) {
    return disagreement({ league, connections, requests: asked, intercepted: false, checked }, counted, leftOpen)
  }
  if (counted.requests > asked || counted.requests < asked - failed) {
    return `${asked} calls were made, of which ${failed} failed, and the upstream got ${counted.requests}`
  }
  return unsoundConnections({ league, connections }, counted, leftOpen)
}
