/** The request line and headers of a request that is well-formed. */
export interface RequestHead {
  readonly method: string
  /** Path with query, beginning with a slash; `*` and the authority of CONNECT as they came. */
  readonly path: string
  readonly minorVersion: 0 | 1
  /** Names in lower case; values of a repeated name joined by `, `. */
  readonly headers: ReadonlyMap<string, string>
  /** Whether the connection may be used for another request after the answer. */
  readonly keepAlive: boolean
  /** Whether the client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean
  /** Length of the counted body in bytes, 0 for none; `chunked` where the body says itself where it ends. */
  readonly bodyLength: number | 'chunked'
}

/** Thrown for what the target refuses to take as a request; the status is the answer's. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly code = 'REQUEST_REFUSED'
  readonly status: 400 | 413 | 417 | 431

  constructor(status: 400 | 413 | 417 | 431, reason: string) {
    super(reason)
    this.status = status
  }
}

// Bytes above 0x7f and a target in any other form than these are refused: clients under test never send them.
const requestLine = /^([!#$%&'*+\-.^_`|~\w]+) ([!-~]+) HTTP\/1\.([01])$/
// No space before the colon, no folded lines, no control characters but the tab (RFC 9112, 5.1 and 5.2).
const fieldLine = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/

/** Splits a field line into its lower-case name and its trimmed value. Throws {@link RequestRefused} (400). */
export function parseField(line: string): [name: string, value: string] {
  const [, name, value] = fieldLine.exec(line) ?? []
  if (name === undefined || value === undefined) throw new RequestRefused(400, 'malformed header line')
  return [name.toLowerCase(), value.trim()]
}

/**
 * Reads a request's head, given without the empty line at its end. It is strict where laxness would allow two readings
 * of where a request ends. Throws {@link RequestRefused} (400, or 417 for an unknown expectation).
 */
export function parseHead(text: string): RequestHead {
  const [first = '', ...lines] = text.split('\r\n')
  const [, method, target, minor] = requestLine.exec(first) ?? []
  if (method === undefined || target === undefined) throw new RequestRefused(400, 'malformed request line')
  const minorVersion = minor === '0' ? 0 : 1
  const headers = readFields(lines)
  if (minorVersion === 1 && !headers.has('host')) throw new RequestRefused(400, 'no Host header')
  const tokens = (headers.get('connection') ?? '').toLowerCase().split(/[ \t]*,[ \t]*/)
  const bodyLength = readBodyLength(headers, minorVersion)
  return {
    method,
    path: pathOf(method, target),
    minorVersion,
    headers,
    // What follows CONNECT belongs to a tunnel that is never opened.
    keepAlive:
      !tokens.includes('close') && method !== 'CONNECT' && (minorVersion === 1 || tokens.includes('keep-alive')),
    expectsContinue: readExpectation(headers, minorVersion) && bodyLength !== 0,
    bodyLength,
  }
}

// A second one of these is never a list: it is another reading of the same request.
const single = new Set(['host', 'content-length', 'transfer-encoding', 'content-type', 'expect'])

function readFields(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [name, value] = parseField(line)
    const before = headers.get(name)
    if (before !== undefined && single.has(name)) throw new RequestRefused(400, `more than one ${name} header`)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return headers
}

function readBodyLength(headers: ReadonlyMap<string, string>, minorVersion: 0 | 1): number | 'chunked' {
  const counted = headers.get('content-length')
  const coding = headers.get('transfer-encoding')
  if (coding !== undefined) {
    if (counted !== undefined) throw new RequestRefused(400, 'both Content-Length and Transfer-Encoding')
    if (minorVersion === 0) throw new RequestRefused(400, 'Transfer-Encoding in HTTP/1.0')
    if (coding.toLowerCase() !== 'chunked') throw new RequestRefused(400, 'Transfer-Encoding other than chunked')
    return 'chunked'
  }
  if (counted === undefined) return 0
  if (!/^\d{1,15}$/.test(counted)) throw new RequestRefused(400, 'malformed Content-Length')
  return Number(counted)
}

function readExpectation(headers: ReadonlyMap<string, string>, minorVersion: 0 | 1): boolean {
  const expectation = headers.get('expect')
  // RFC 9110, 10.1.1: ignored when it comes from a 1.0 client.
  if (expectation === undefined || minorVersion === 0) return false
  if (expectation.toLowerCase() !== '100-continue') throw new RequestRefused(417, 'unknown expectation')
  return true
}

function pathOf(method: string, target: string): string {
  if (target.startsWith('/') || method === 'CONNECT' || (target === '*' && method === 'OPTIONS')) return target
  // Absolute form, as to a proxy.
  const [, path] = /^http:\/\/[^/?#]+([/?].*)?$/i.exec(target) ?? [undefined, undefined]
  if (path === undefined) {
    if (/^http:\/\/[^/?#]+$/i.test(target)) return '/'
    throw new RequestRefused(400, 'malformed request target')
  }
  return path.startsWith('/') ? path : `/${path}`
}
