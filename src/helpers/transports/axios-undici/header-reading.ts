import type { HeaderValue } from './header-values.ts'

type Headers = Readonly<Record<string, HeaderValue>>

/** The methods of `http.ClientRequest` by which the headers of a request are read. */
export interface HeaderReading {
  getHeader(name: string): HeaderValue | undefined
  /** Names in lower case, in a copy without a prototype. */
  getHeaders(): Record<string, HeaderValue>
  /** In lower case. */
  getHeaderNames(): string[]
  hasHeader(name: string): boolean
}

/**
 * Headers of a request as `getHeaders` of Node's client gives them: names in lower case, and with the host.
 *
 * @param host Of the server with its port, where the headers do not say another.
 */
export function headersAsRead(headers: Headers, host: string): Record<string, HeaderValue> {
  const read: Record<string, HeaderValue> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) read[name.toLowerCase()] = value
  read['host'] ??= host
  return read
}

/** Of an address in a URL; Node's client has those of IPv6 without brackets. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
