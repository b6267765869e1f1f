import { validateHeaderName, validateHeaderValue } from 'node:http'
import { headerName, token } from './header-names.ts'
import { UnsupportedOption } from './unsupported-option.ts'

type Headers = Readonly<Record<string, string | string[]>>

/** What undici is to be given. */
interface Sendable {
  readonly method: string
  readonly path: string
  readonly headers: Headers
}

const notInPath = /[^\x21-\xff]/

/**
 * Checks all that undici checks, because it must be given nothing that it refuses: a pool of undici 8.12 takes a connection
 * that was given such a request for busy, and never uses it again.
 *
 * @throws {UnsupportedOption} for a header that undici alone refuses.
 * @throws {TypeError} for what Node's client refuses, too, with its words and codes.
 */
export function requireSendable({ method, path, headers }: Sendable): void {
  requireSendableLine(method, path)
  requireSendableHeaders(headers)
}

/** The same of what comes before the headers alone. @throws {TypeError} likewise. */
export function requireSendableLine(method: string, path: string): void {
  // Node's client sends it and hangs up; undici takes it for a tunnel, and never uses the connection again.
  if (method === 'CONNECT') throw new UnsupportedOption('the method CONNECT', 'undici keeps it to tunnels')
  if (!token.test(method)) throw invalid('ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`)
  if (notInPath.test(path)) throw invalid('ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters')
}

/** The same of the headers alone. @throws {UnsupportedOption} and {TypeError} likewise. */
export function requireSendableHeaders(headers: Headers): void {
  const seen = new Set<string>()
  for (const name in headers) {
    const value = headers[name] ?? ''
    const { isToken, lower, isRefused, form } = headerName(name)
    if (!isToken) validateHeaderName(name)
    for (const each of Array.isArray(value) ? value : [value]) validateHeaderValue(name, each)
    if (isRefused) throw new UnsupportedOption(`the header ${name}`, 'undici decides about it by itself')
    if (form === undefined) continue
    if (seen.has(lower) || typeof value !== 'string' || !form.test(value.trim())) {
      throw new UnsupportedOption(`this value of the header ${name}`, 'undici takes one alone, and only of a form')
    }
    seen.add(lower)
  }
}

function invalid(code: string, message: string): Error {
  return Object.assign(new TypeError(message), { code })
}
