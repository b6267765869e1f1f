import http from 'node:http'
import { Agent, type Dispatcher, Pool } from 'undici'
import type { ConnectOptions } from './node-agents.ts'

/** What every own pool is like. */
export interface Pooling {
  /** Most connections to an origin. */
  readonly connections: number
  /** How long an idle connection is kept, in milliseconds. */
  readonly keepAliveTimeout: number
}

/** What an agent says about its connections, within what the adapter allows. */
export interface Keeping {
  /** Most connections to an origin. */
  readonly connections: number
  /** What a connection serves after its first request: any other, only one that waits already, none. */
  readonly reuse: 'any' | 'waiting' | 'none'
}

/** axios has no limits of time but its own, and none on the size of response headers but Node's. */
export const unlimited = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: http.maxHeaderSize }

/** In milliseconds, for connections that are not to stay. undici takes no 0. */
const notKept = { keepAliveTimeout: 1, keepAliveMaxTimeout: 1 }

/** The pools that an adapter opened, to be ended with it. */
export class OwnPools {
  readonly #pooling: Pooling
  /** Weakly, so that the pool of an agent that is thrown away goes with it. */
  readonly #pools = new Set<WeakRef<Dispatcher>>()
  readonly #gone = new FinalizationRegistry<WeakRef<Dispatcher>>((pool) => this.#pools.delete(pool))

  constructor(pooling: Pooling) {
    this.#pooling = pooling
  }

  get count(): number {
    return this.#pools.size
  }

  /** Opens a pool of connections that are made with the options. */
  open({ localAddress, ...connect }: ConnectOptions, keeping?: Keeping): Dispatcher {
    // undici hands this one to its connector itself, over what the connector was made with.
    const bound = localAddress === undefined ? {} : { localAddress }
    const options = {
      ...this.poolingOf(keeping),
      pipelining: 1,
      ...bound,
      connect: { timeout: 0, ...connect },
      factory,
    }
    return this.keep(new Agent(options), keeping)
  }

  /** Options of undici's pools. */
  poolingOf(keeping?: Keeping): object {
    const connections = Math.min(keeping?.connections ?? Number.POSITIVE_INFINITY, this.#pooling.connections)
    return { ...this.#pooling, connections, ...unlimited, ...(keeping?.reuse === 'waiting' && notKept) }
  }

  /** @returns The pool, as it is to be used. */
  keep(pool: Dispatcher, keeping?: Keeping): Dispatcher {
    const weakly = new WeakRef(pool)
    this.#pools.add(weakly)
    this.#gone.register(pool, weakly)
    return keeping?.reuse === 'none' ? pool.compose(closing) : pool
  }

  /** Ends every pool, and whatever is still in flight. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => pool.deref()?.destroy()))
  }
}

/**
 * axios speaks HTTP/2 only where it is asked to; undici 8 takes it where a server prefers it. Said to the pools and not to
 * the agent, which would look for a pool by a name that it puts together for every request.
 */
const factory = (origin: string | URL, options: object): Dispatcher => new Pool(origin, { ...options, allowH2: false })

/** Each request says `Connection: close`, and its connection is closed. */
const closing: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch({ ...options, reset: true }, handler)
