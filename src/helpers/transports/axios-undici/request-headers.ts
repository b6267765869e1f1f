import type { AxiosHeaders } from 'axios'
import { headerName } from './header-names.ts'
import { asNodeSends, type HeaderValue, isClean } from './header-values.ts'
import { requireSendableHeaders } from './sendable.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/** Header lines of a request, by name. Without a prototype, because a header may have any name. */
export type HeaderLines = Record<string, HeaderValue>

/** What axios's http adapter adds to a request that does not say otherwise. */
export interface AddedHeaders {
  readonly userAgent: string
  /** Of the body; undefined without one. */
  readonly contentLength: number | undefined
  /** Undefined where it is not added. */
  readonly acceptEncoding: string | undefined
}

/**
 * The header lines of a request whose headers need nothing done to them, as nearly all do: names that undici takes, each
 * once, and values that are clean text. The same as {@link normalizedLines} gives, for a fraction of the work.
 *
 * @param headers Gets what is added, so that `config.headers` holds what was sent.
 * @returns Undefined for headers that need more, which are left as they were.
 */
export function readyLines(headers: AxiosHeaders, added: AddedHeaders): HeaderLines | undefined {
  const lines: HeaderLines = Object.create(null)
  const seen = new Set<string>()
  for (const name of Object.keys(headers)) {
    const { lower, isToken, isRefused, form } = headerName(name)
    if (!isToken || isRefused || form !== undefined || seen.has(lower)) return undefined
    const value: unknown = headers[name]
    if (typeof value === 'string' && isClean(value)) lines[name] = value
    // Left out of the request; but of what is added, a name without a value keeps its place among the others.
    else if (value !== undefined || lower === 'user-agent' || lower === 'accept-encoding') return undefined
    seen.add(lower)
  }
  const { userAgent, contentLength, acceptEncoding } = added
  if (!seen.has('user-agent')) headers['User-Agent'] = lines['User-Agent'] = userAgent
  if (contentLength !== undefined) headers['Content-Length'] = lines['Content-Length'] = String(contentLength)
  if (acceptEncoding !== undefined && !seen.has('accept-encoding')) {
    headers['Accept-Encoding'] = lines['Accept-Encoding'] = acceptEncoding
  }
  return lines
}

/**
 * The header lines of any request, as axios's http adapter makes them: names that differ in capitals alone are one, and
 * what a line cannot hold is left out.
 *
 * @param headers Completed in place, so that `config.headers` holds what was sent.
 * @param hasCredentials Whether `auth` or the address take the place of an `authorization` among the headers.
 * @throws {UnsupportedOption} for a header that undici alone refuses.
 * @throws {TypeError} for what Node's client refuses, too.
 */
export function normalizedLines(headers: AxiosHeaders, added: AddedHeaders, hasCredentials: boolean): HeaderLines {
  completeHeaders(headers, added, hasCredentials)
  const lines = byteStrings(headers)
  requireSendableHeaders(lines)
  requireLength(lines, added.contentLength ?? 0)
  return lines
}

/** Puts headers in order, and adds what is lacking, in the order in which axios's http adapter does. */
export function completeHeaders(headers: AxiosHeaders, added: AddedHeaders, hasCredentials: boolean): void {
  const { userAgent, contentLength, acceptEncoding } = added
  headers.normalize(false)
  headers.set('User-Agent', userAgent, false)
  if (contentLength !== undefined) headers.setContentLength(contentLength, false)
  if (hasCredentials) headers.delete('authorization')
  if (acceptEncoding !== undefined) headers.set('Accept-Encoding', acceptEncoding, false)
}

/** undici sends no other length than that of the body. @throws {UnsupportedOption} */
function requireLength(lines: HeaderLines, bytes: number): void {
  const name = Object.keys(lines).find((each) => each.toLowerCase() === 'content-length')
  if (name === undefined || Number(lines[name]) === bytes) return
  throw new UnsupportedOption(
    `this value of the header ${name}`,
    `the body has ${bytes} bytes, and undici sends no other length`,
  )
}

/** HTTP has one byte for a character. */
const notInLine = /[^\t\x20-\x7e\x80-\xff]+/g

function byteStrings(headers: AxiosHeaders): HeaderLines {
  const lines: HeaderLines = Object.create(null)
  for (const [name, value] of Object.entries(headers.toJSON())) {
    if (value == null) continue
    lines[name] = Array.isArray(value) ? asNodeSends(name.toLowerCase(), value.map(byteString)) : byteString(value)
  }
  return lines
}

function byteString(value: unknown): string {
  return String(value)
    .replace(notInLine, '')
    .replace(/^[\t ]+|[\t ]+$/g, '')
}
