import type { IncomingHttpHeaders } from 'node:http'

/** Of these Node keeps the first and drops the others (`message.headers` in Node's documentation). */
const firstWins = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
])

/**
 * Response headers as Node's own client has them. undici gives an array for every name that came more than once; Node joins
 * most, keeps the first of some, and makes `set-cookie` an array always.
 *
 * @param headers As undici parsed them. Changed in place, and only where it must be.
 */
export function asNodeHas(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  for (const name in headers) {
    const value = headers[name]
    if (name === 'set-cookie') headers[name] = typeof value === 'string' ? [trimmed(value)] : value?.map(trimmed)
    else if (Array.isArray(value)) {
      const [first, ...others] = value.map(trimmed)
      headers[name] = firstWins.has(name) ? first : [first, ...others].join(name === 'cookie' ? '; ' : ', ')
    } else if (value !== undefined && endsWithSpace(value)) headers[name] = trimmed(value)
  }
  return headers
}

/** undici leaves spaces behind a value, which belong to the line and not to the value (RFC 9110, 5.5). */
function trimmed(value: string): string {
  return value.replace(/[ \t]+$/, '')
}

function endsWithSpace(value: string): boolean {
  const last = value.charCodeAt(value.length - 1)
  return last === 0x20 || last === 0x09
}
