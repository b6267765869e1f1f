import { basic } from './basic.ts'
import type { Crowds } from './crowds.ts'
import { withoutBrackets } from './header-reading.ts'
import { asNodeSends, type HeaderValue } from './header-values.ts'

/** What axios's http adapter, or follow-redirects for it, hands to `request` of a transport. */
export interface NativeOptions {
  readonly protocol: string
  readonly hostname?: string
  readonly host?: string
  readonly port?: string | number
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, HeaderValue>>
  readonly auth?: string
}

/** How a request is made other than by what axios says of it. */
export interface NativeWays {
  /**
   * Whether a limit of time counts from the start until the response, too. So axios has it where it uses Node's client
   * without follow-redirects, which has a clock of its own.
   */
  readonly isTimedFromStart: boolean
  readonly httpVersion: '1.1' | '2.0'
  readonly crowds: Crowds
}

/** The name or address of the server, an IPv6 one without brackets. */
export function hostOf({ hostname, host }: NativeOptions): string {
  return withoutBrackets(hostname ?? host ?? 'localhost')
}

/** What the request goes to, as a dispatcher takes it. */
export function originOf(options: NativeOptions): string {
  const { protocol, port } = options
  const host = hostOf(options)
  return `${protocol}//${host.includes(':') ? `[${host}]` : host}${port ? `:${port}` : ''}`
}

/** The header lines that are sent, with the credentials where nothing else stands in their place, as Node's client does. */
export function linesOf({ headers, auth }: NativeOptions): Record<string, HeaderValue> {
  const lines: Record<string, HeaderValue> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    lines[name] = Array.isArray(value) ? asNodeSends(name.toLowerCase(), value) : value
  }
  if (auth && !Object.keys(lines).some((name) => name.toLowerCase() === 'authorization')) {
    lines['Authorization'] = basic(auth)
  }
  return lines
}
