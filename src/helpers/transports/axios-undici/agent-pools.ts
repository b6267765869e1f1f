import type http from 'node:http'
import type { Dispatcher } from 'undici'
import {
  AgentState,
  connectOptionsOf,
  connectsAsStandard,
  hasUsualPort,
  type NodeAgent,
  optionsOfAgent,
} from './node-agents.ts'
import type { Keeping, OwnPools } from './own-pools.ts'
import { PoolsByWay } from './pools-by-way.ts'
import type { Route } from './route.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/** Options of an agent that lead a request to another server than its address names. */
const readdressing = ['host', 'port'] as const

/** Options of an agent that undici decides about by itself. */
const decided = ['noDelay', 'ALPNProtocols'] as const

interface Translation {
  readonly state: AgentState
  readonly isDirect: boolean
  readonly pools: PoolsByWay
}

/** The pools that take the place of agents, each for as long as its agent is in use and stays as it is. */
export class AgentPools {
  readonly #own: OwnPools
  readonly #known = new WeakMap<http.Agent, Translation>()

  constructor(own: OwnPools) {
    this.#own = own
  }

  /**
   * @param name Of the agent, as its user knows it.
   * @throws {UnsupportedOption} for an agent that cannot be translated; a `TypeError` as Node's for one of another protocol.
   */
  for(agent: http.Agent, name: string, route: Route): Dispatcher {
    if (!connectsAsStandard(agent)) {
      throw new UnsupportedOption(name, 'it connects in a way of its own, which undici cannot use')
    }
    requireProtocol(agent, route.protocol)
    const isDirect = route.isDirect === true
    const known = this.#known.get(agent)
    if (known?.isDirect === isDirect && known.state.isStillOf(agent)) return known.pools.for(route)
    const pools = this.#translated(agent, name, isDirect)
    this.#known.set(agent, { state: new AgentState(agent), isDirect, pools })
    return pools.for(route)
  }

  #translated(agent: NodeAgent, name: string, isDirect: boolean): PoolsByWay {
    const { proxyEnv, ...options } = connectOptionsOf(optionsOfAgent(agent))
    if (proxyEnv && !isDirect) {
      const wayOut = "undici's EnvHttpProxyAgent as the adapter's dispatcher does that"
      throw new UnsupportedOption(`${name} with proxyEnv`, wayOut)
    }
    const byPort = hasUsualPort(agent) ? undefined : 'defaultPort'
    const readdressed = readdressing.find((option) => options[option] !== undefined) ?? byPort
    if (readdressed !== undefined) {
      throw new UnsupportedOption(`${name} with ${readdressed}`, 'undici connects to where the address says')
    }
    const refused = decided.find((option) => options[option] !== undefined)
    if (refused !== undefined) {
      throw new UnsupportedOption(`${name} with ${refused}`, 'undici decides about it for each connection')
    }
    if (Number.isFinite(agent.maxTotalSockets)) {
      throw new UnsupportedOption(`${name} with maxTotalSockets`, 'undici counts the connections of each origin')
    }
    const keeping = keepingOf(agent)
    // As with Node, what the agent says counts more than what the request says.
    return new PoolsByWay((way) => this.#own.open({ ...way, ...options }, keeping))
  }
}

/** How long connections of an agent serve: as Node's client sees it, which reuses those of a limited number. */
export function keepingOf({
  keepAlive,
  maxSockets,
}: {
  readonly keepAlive?: boolean
  readonly maxSockets?: number
}): Keeping {
  const connections = maxSockets ?? Number.POSITIVE_INFINITY
  if (keepAlive) return { connections, reuse: 'any' }
  return { connections, reuse: Number.isFinite(connections) ? 'waiting' : 'none' }
}

function requireProtocol({ protocol }: NodeAgent, asked: string): void {
  if (protocol === undefined || protocol === asked) return
  const message = `Protocol "${asked}" not supported. Expected "${protocol}"`
  throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_PROTOCOL' })
}
