import type { IncomingHttpHeaders } from 'node:http'
import { format } from 'node:url'
import { type HeaderReading, headersAsRead, withoutBrackets } from './header-reading.ts'
import type { HeaderValue } from './header-values.ts'
import type { Hop } from './redirect.ts'

/**
 * What axios hands out as `response.request` and `error.request`. There is no `http.ClientRequest` behind it; it has the
 * fields of one that callers of axios read, and those that follow-redirects adds.
 */
export class SentRequest implements HeaderReading {
  readonly #hop: Hop
  /** The last response, with the address that it came from after all redirects. */
  res: SentResponse | undefined
  destroyed = false

  constructor(hop: Hop) {
    this.#hop = hop
  }

  get method(): string {
    return this.#hop.method
  }

  get protocol(): string {
    return this.#hop.url.protocol
  }

  get host(): string {
    return withoutBrackets(this.#hop.url.hostname)
  }

  get path(): string {
    return this.#hop.path
  }

  get aborted(): boolean {
    return this.destroyed
  }

  getHeader(name: string): HeaderValue | undefined {
    return this.getHeaders()[name.toLowerCase()]
  }

  getHeaders(): Record<string, HeaderValue> {
    return headersAsRead(this.#hop.headers, this.#hop.url.host)
  }

  getHeaderNames(): string[] {
    return Object.keys(this.getHeaders())
  }

  hasHeader(name: string): boolean {
    return name.toLowerCase() in this.getHeaders()
  }
}

/** Of a response, what callers of axios read of it by way of its request. */
export class SentResponse {
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: IncomingHttpHeaders
  readonly #from: Hop | undefined

  /** @param from Where it came from, if redirects were to be followed: only follow-redirects notes an address. */
  constructor(statusCode: number, statusMessage: string, headers: IncomingHttpHeaders, from: Hop | undefined) {
    this.statusCode = statusCode
    this.statusMessage = statusMessage
    this.headers = headers
    this.#from = from
  }

  /** As follow-redirects has it: with the query that was sent, the fragment of a redirect, and the credentials. */
  get responseUrl(): string | undefined {
    if (this.#from === undefined) return undefined
    const { url, path, hash = '', credentials } = this.#from
    const { protocol, hostname, port } = url
    const queryAt = path.indexOf('?')
    const [pathname, search] = queryAt < 0 ? [path, ''] : [path.slice(0, queryAt), path.slice(queryAt)]
    const auth = credentials?.origin === url.origin ? credentials.userAndPassword : null
    return format({ protocol, hostname, port, pathname, search, hash, auth })
  }
}
