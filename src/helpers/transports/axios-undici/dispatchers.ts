import http from 'node:http'
import https from 'node:https'
import type { InternalAxiosRequestConfig } from 'axios'
import type { Dispatcher } from 'undici'
import { AgentPools } from './agent-pools.ts'
import { Crowds } from './crowds.ts'
import { Http2Pools } from './http2-pools.ts'
import { isAsNodeMade } from './node-agents.ts'
import { OwnPools, type Pooling } from './own-pools.ts'
import { PoolsByWay } from './pools-by-way.ts'
import type { Route } from './route.ts'
import { isOfAxios, isTunnel } from './tunnel-agents.ts'
import { TunnelPools } from './tunnel-pools.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/**
 * The pools that requests go through: one for all, and for requests that ask for other connections one for each kind, made
 * when it is first needed.
 */
export class Dispatchers {
  /** Who has to wait for a connection. */
  readonly crowds = new Crowds()
  readonly #given: Dispatcher | undefined
  readonly #own: OwnPools
  readonly #usual: Dispatcher
  readonly #byWay: PoolsByWay
  readonly #closing: PoolsByWay
  readonly #agents: AgentPools
  readonly #tunnels: TunnelPools
  readonly #http2: Http2Pools

  /** @param given The caller's own dispatcher, which decides about every connection and is never closed here. */
  constructor(pooling: Pooling, given: Dispatcher | undefined) {
    const own = new OwnPools(pooling)
    const { connections } = pooling
    this.#given = given
    this.#own = own
    this.#usual = given ?? own.open({})
    this.#byWay = new PoolsByWay((way) => own.open({ ...way }))
    this.#closing = new PoolsByWay((way) => own.open({ ...way }, { connections, reuse: 'none' }))
    this.#agents = new AgentPools(own)
    this.#tunnels = new TunnelPools(own)
    this.#http2 = new Http2Pools(own)
  }

  /** For a request over HTTP/1.1 that asks for nothing but what its config says about agents. @throws As `for`. */
  forPlain(protocol: string, { httpAgent, httpsAgent, proxy }: InternalAxiosRequestConfig): Dispatcher {
    const agent = protocol === 'https:' ? httpsAgent : httpAgent
    const isDirect = proxy === false
    if (agent === undefined || agent === null) {
      if (this.#given !== undefined) return this.#given
      if (isAsNodeMade(protocol === 'https:' ? https.globalAgent : http.globalAgent, isDirect)) return this.#usual
    }
    return this.for({ protocol, agent, isDirect })
  }

  /**
   * @throws {UnsupportedOption} for an agent that cannot be translated, and for any route beside a given dispatcher; a
   *   `TypeError` as Node's for an agent of another protocol.
   */
  for(route: Route): Dispatcher {
    if (this.#given !== undefined) return refusingRoutes(this.#given, route)
    const { protocol, agent, behindTunnel, http2, lookup } = route
    if (http2) return this.#http2.for(protocol, http2, lookup)
    if (agent === false) return this.#closing.for(route)
    if (agent === undefined || agent === null) return this.#byGlobalAgent(route)
    const name = nameOfAgent(route)
    if (!isTunnel(agent)) return this.#agents.for(agent, name, route)
    const end = isOfAxios(agent) ? (behindTunnel ?? https.globalAgent) : undefined
    return this.#tunnels.for(agent, end, name)
  }

  /** Ends every pool of its own, and whatever is still in flight. */
  async destroy(): Promise<void> {
    if (this.#given !== undefined) this.crowds.leave(this.#given)
    await this.#own.destroy()
  }

  #byGlobalAgent(route: Route): Dispatcher {
    const isTls = route.protocol === 'https:'
    const agent = isTls ? https.globalAgent : http.globalAgent
    if (!isAsNodeMade(agent, route.isDirect === true)) {
      return this.#agents.for(agent, isTls ? 'https.globalAgent' : 'http.globalAgent', route)
    }
    const { socketPath, lookup, family } = route
    return socketPath || lookup || family ? this.#byWay.for(route) : this.#usual
  }
}

/** @throws {UnsupportedOption} for anything that only a pool of our own could do. */
function refusingRoutes(given: Dispatcher, route: Route): Dispatcher {
  const asked = askedOf(route)
  if (asked === undefined) return given
  throw new UnsupportedOption(asked, 'the dispatcher that the adapter was given decides about connections')
}

/** The option of a route that asks for connections of its own; undefined without any. */
function askedOf(route: Route): string | undefined {
  if (route.http2) return 'httpVersion'
  if (route.agent !== undefined && route.agent !== null) return nameOfAgent(route)
  return (['socketPath', 'lookup', 'family'] as const).find((name) => route[name])
}

/** As its user knows it. */
function nameOfAgent({ agent, protocol }: Route): string {
  if (agent && isOfAxios(agent)) return 'proxy'
  return protocol === 'https:' ? 'httpsAgent' : 'httpAgent'
}
