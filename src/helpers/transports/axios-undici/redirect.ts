import type { IncomingHttpHeaders } from 'node:http'
import { basic } from './basic.ts'
import type { HeaderValue } from './header-values.ts'

/** What one request of a chain of redirects asks for. */
export interface Hop {
  readonly url: URL
  /** Path with query as it is sent: a serialiser may leave more as it is than a `URL` does. */
  readonly path: string
  /** Of the place that a redirect led to, with its sign: never sent, and told as part of the address. */
  readonly hash?: string
  /** In upper case. */
  readonly method: string
  readonly headers: Readonly<Record<string, HeaderValue>>
  readonly body: Buffer | undefined
  /** What `auth` or the address gave, and the server that it is meant for. */
  readonly credentials?: Credentials | undefined
}

interface Credentials {
  readonly origin: string
  readonly userAndPassword: string
}

/** Whether a response sends the client elsewhere: any status of the class, because follow-redirects knows no others. */
export function isRedirect(status: number, headers: IncomingHttpHeaders): boolean {
  return status >= 300 && status < 400 && Boolean(headers.location)
}

/** Dropped when the next host may not see them: follow-redirects' own list. */
const confidential = ['authorization', 'proxy-authorization', 'cookie']

/**
 * The request that a redirect leads to, by the rules of follow-redirects 1.16, which axios's http adapter uses: POST
 * becomes GET at 301 and 302, everything but GET and HEAD at 303, and loses its body then; confidential headers stay
 * behind when the host that was named to the server changes (but to a subdomain) or TLS is lost. On top of that come axios's
 * own: `authorization` and `cookie` stay behind with any change of origin, and what `auth` gave comes back with the origin that it was for.
 *
 * @throws {TypeError} for a location that is no URL, or not of HTTP.
 */
export function nextHop(hop: Hop, status: number, location: string): Hop {
  const becomesGet =
    ((status === 301 || status === 302) && hop.method === 'POST') ||
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD')
  const named = namedHost(hop)
  const from = hasScheme.test(location) ? hop.url : withHost(hop.url, named)
  const url = new URL(location, from)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`Unsupported protocol ${url.protocol}`)
  const lessSecure = url.protocol !== hop.url.protocol && url.protocol !== 'https:'
  const foreign = url.host !== named && !isSubdomain(url.host, named)
  const { credentials } = hop
  const stays = (name: string): boolean => {
    if (name === 'host') return true
    // Made of what is meant for one origin, and made again below where the next hop is of that.
    if (credentials !== undefined && name === 'authorization') return true
    if (becomesGet && name.startsWith('content-')) return true
    if ((lessSecure || foreign) && confidential.includes(name)) return true
    return url.origin !== from.origin && (name === 'authorization' || name === 'cookie')
  }
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !stays(name.toLowerCase())))
  if (credentials?.origin === url.origin) headers['Authorization'] = basic(credentials.userAndPassword)
  return {
    url,
    path: url.pathname + url.search,
    hash: url.hash,
    method: becomesGet ? 'GET' : hop.method,
    headers,
    body: becomesGet ? undefined : hop.body,
    credentials,
  }
}

/** What follow-redirects takes for a whole address. */
const hasScheme = /^\w+:/

/** The host that was named to the server. */
function namedHost({ url, headers }: Hop): string {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1]
  return typeof named === 'string' ? named : url.host
}

/** A relative location is resolved against the host that was named to the server. */
function withHost(url: URL, host: string): URL {
  if (host === url.host) return url
  const named = new URL(url)
  // Setting a host without a port leaves the port.
  named.port = ''
  named.host = host
  return named
}

function isSubdomain(host: string, of: string): boolean {
  return host.length > of.length && host.endsWith(`.${of}`)
}

/** A failure in the words of follow-redirects, down to its name. */
function failure(code: string, message: string, cause?: Error): Error {
  const whole = cause === undefined ? message : `${message}: ${cause.message}`
  return Object.assign(new Error(whole, cause && { cause }), { code, name: `Error [${code}]` })
}

export function tooManyRedirects(): Error {
  return failure('ERR_FR_TOO_MANY_REDIRECTS', 'Maximum number of redirects exceeded')
}

export function redirectFailed(cause: Error): Error {
  return failure('ERR_FR_REDIRECTION_FAILURE', 'Redirected request failed', cause)
}
