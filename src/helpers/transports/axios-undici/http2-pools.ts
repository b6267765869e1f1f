import type { LookupFunction } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import * as undici from 'undici'
import { Agent, type Dispatcher, type H2CClient as H2CClientType, Pool } from 'undici'
import type { Http2Options } from './http2.ts'
import { type OwnPools, unlimited } from './own-pools.ts'
import { Recent } from './recent.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/** Streams of a session at once: what servers allow at least by custom (RFC 9113, 6.5.2 recommends 100 or more). */
const mostStreams = 100

/** How long axios keeps a session without streams, in milliseconds. */
const sessionTimeoutMs = 1_000

/**
 * Sets of options whose sessions are found again. The sessions of one that is dropped are not closed by us, because a request
 * may be about to be sent over them; undici ends them when they have been idle for their time.
 */
const mostSets = 16

/** Options of `http2.connect` that say how a connection is made; undici takes the same. */
const connectOptions: ReadonlySet<string> = new Set([
  ...['ca', 'cert', 'checkServerIdentity', 'ciphers', 'crl', 'key', 'maxVersion', 'minVersion', 'passphrase', 'pfx'],
  ...['rejectUnauthorized', 'secureContext', 'servername', 'sigalgs', 'localAddress', 'lookup', 'family'],
])

/** Since undici 7.8. */
const { H2CClient } = undici as { readonly H2CClient?: typeof H2CClientType }

/** The pools of sessions of HTTP/2. axios copies the options for every request, so that they are told apart by what they hold. */
export class Http2Pools {
  readonly #own: OwnPools
  readonly #byOptions = new Recent<Http2Options, Dispatcher>(mostSets)

  constructor(own: OwnPools) {
    this.#own = own
  }

  /** @throws {UnsupportedOption} for options of a session that undici has not, and without TLS before undici 7.8. */
  for(protocol: string, given: Http2Options, lookup: LookupFunction | undefined): Dispatcher {
    if (protocol === 'http:' && H2CClient === undefined) {
      throw new UnsupportedOption('httpVersion', 'this undici has no HTTP/2 without TLS')
    }
    const options = lookup ? { ...given, lookup } : given
    const known = this.#byOptions.find((each) => isDeepStrictEqual(each, options))
    return known ?? this.#byOptions.set({ ...options }, this.#opened(options))
  }

  #opened({ sessionTimeout: keepAliveTimeout = sessionTimeoutMs, ...connect }: Http2Options): Dispatcher {
    const untranslatable = Object.keys(connect).find((name) => !connectOptions.has(name))
    if (untranslatable !== undefined) {
      throw new UnsupportedOption(`http2Options.${untranslatable}`, 'undici has no such option of a session')
    }
    // undici 7 takes `pipelining` for the number of streams, too.
    const session = {
      ...unlimited,
      ...{ allowH2: true, pipelining: mostStreams, maxConcurrentStreams: mostStreams, keepAliveTimeout },
      connect: { timeout: 0, ...connect, allowH2: true, preferH2: true },
    }
    const factory = (origin: string | URL): Dispatcher =>
      H2CClient === undefined || String(origin).startsWith('https:')
        ? new Pool(origin, { ...session, connections: 1 })
        : new H2CClient(origin, session)
    return this.#own.keep(new Agent({ ...session, factory }))
  }
}
