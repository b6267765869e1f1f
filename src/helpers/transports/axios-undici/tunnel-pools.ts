import type http from 'node:http'
import { type Dispatcher, ProxyAgent } from 'undici'
import { keepingOf } from './agent-pools.ts'
import { basic } from './basic.ts'
import { AgentState, connectOptionsOf, optionsOfAgent } from './node-agents.ts'
import type { OwnPools } from './own-pools.ts'
import { type TunnelAgent, tunnelOf } from './tunnel-agents.ts'
import { UnsupportedOption } from './unsupported-option.ts'

interface Known {
  readonly end: http.Agent | undefined
  readonly endState: AgentState
  readonly pool: Dispatcher
}

/** The pools that take the place of tunnels. */
export class TunnelPools {
  readonly #own: OwnPools
  readonly #known = new WeakMap<TunnelAgent, Known>()

  constructor(own: OwnPools) {
    this.#own = own
  }

  /**
   * @param end Whose options say how the server at the end is spoken to.
   * @param name Of the tunnel, as its user knows it.
   * @throws {UnsupportedOption} for headers that are made anew for each connection.
   */
  for(agent: TunnelAgent, end: http.Agent | undefined, name: string): Dispatcher {
    const known = this.#known.get(agent)
    if (known !== undefined && known.end === end && known.endState.isStillOf(end)) return known.pool
    const pool = this.#opened(agent, end, name)
    this.#known.set(agent, { end, endState: new AgentState(end), pool })
    return pool
  }

  #opened(agent: TunnelAgent, end: http.Agent | undefined, name: string): Dispatcher {
    const { uri, auth, headers, connect } = tunnelOf(agent)
    if (typeof headers === 'function') {
      throw new UnsupportedOption(`${name} with headers as a function`, 'undici sends the same to its proxy each time')
    }
    const { proxyEnv: _, ...endOptions } = connectOptionsOf(optionsOfAgent(end))
    // Those of version 5 keep no connection, whatever their fields say.
    const keeping = keepingOf('connectOpts' in agent ? agent : {})
    return this.#own.keep(
      new ProxyAgent({
        uri,
        ...(auth !== undefined && { token: basic(auth) }),
        headers: { ...headers },
        proxyTls: { timeout: 0, ...connect },
        requestTls: { timeout: 0, ...endOptions },
        proxyTunnel: true,
        allowH2: false,
        ...this.#own.poolingOf(keeping),
      }),
      keeping,
    )
  }
}
