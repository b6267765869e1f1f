/**
 * What differs on the wire in every request, in one place: each client writes these headers by itself, where and in which
 * capitals it likes; Node's begin the names with capitals and put them last, undici's are in lower case and come first. Their
 * values and how often each comes are compared. And Node's client makes one chunk of all that is written before it is
 * connected, where undici makes one of each piece: only that is taken off a body in chunks. Everything else is compared
 * as it came, byte by byte.
 */
const writtenByClient: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

/** Bytes of a request in its parts. One character is one byte. */
export interface WireRequest {
  /** With the version of HTTP. */
  readonly line: string
  /** Header lines as they came: order, spelling, blanks. */
  readonly headers: readonly string[]
  /** The lines of the headers that the clients write by themselves, sorted, with names in lower case. */
  readonly framing: readonly string[]
  /** What follows the head; of a body in chunks, as if it had come in one. */
  readonly body: string
}

const headEnd = '\r\n\r\n'

export function wireRequestOf(raw: Buffer): WireRequest {
  const text = raw.toString('latin1')
  const end = text.indexOf(headEnd)
  const [line = '', ...headers] = text.slice(0, end).split('\r\n')
  const isFraming = (header: string): boolean => writtenByClient.has(nameOf(header))
  const framing = headers
    .filter(isFraming)
    .map((header) => nameOf(header) + header.slice(header.indexOf(':')))
    .sort()
  const body = text.slice(end + headEnd.length)
  return {
    line,
    headers: headers.filter((header) => !isFraming(header)),
    framing,
    body: framing.includes('transfer-encoding: chunked') ? inOneChunk(body) : body,
  }
}

function nameOf(header: string): string {
  return header.slice(0, header.indexOf(':')).toLowerCase()
}

/** Joins the chunks that are well formed; from the first that is not, everything stays as it came. */
function inOneChunk(body: string): string {
  const chunks: string[] = []
  let at = 0
  for (;;) {
    const [mark = '', size = ''] = /^([1-9a-f][0-9a-f]*)\r\n/.exec(body.slice(at, at + 20)) ?? []
    const start = at + mark.length
    const end = start + Number.parseInt(size, 16)
    if (mark === '' || body.slice(end, end + 2) !== '\r\n') break
    chunks.push(body.slice(start, end))
    at = end + 2
  }
  const whole = chunks.join('')
  return (whole === '' ? '' : `${whole.length.toString(16)}\r\n${whole}\r\n`) + body.slice(at)
}
