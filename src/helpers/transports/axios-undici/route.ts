import type http from 'node:http'
import type { LookupFunction } from 'node:net'
import type { Http2Options } from './http2.ts'

/** Where a request wants to be connected to, other than what its address says. */
export interface Way {
  readonly socketPath?: string | undefined
  readonly lookup?: LookupFunction | undefined
  readonly family?: number | undefined
}

/** How a request wants to be connected. */
export interface Route extends Way {
  /** With the colon. */
  readonly protocol: string
  /**
   * What axios was given as `httpAgent` or `httpsAgent`, or made for a proxy. `false` means connections that are closed after
   * one request; without one, Node's global agent is meant.
   */
  readonly agent?: http.Agent | false | null | undefined
  /** The caller's `httpsAgent` where axios made a tunnel: how the server at its end is spoken to. */
  readonly behindTunnel?: http.Agent | undefined
  /** Whether a proxy that an agent takes from the environment is left out, as axios does with `proxy: false`. */
  readonly isDirect?: boolean
  /** Over HTTP/2, with options of the session; nothing else but `lookup` and `protocol` counts then. */
  readonly http2?: Http2Options | undefined
}
