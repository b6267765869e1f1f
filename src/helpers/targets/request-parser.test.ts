import { describe, expect, test } from 'vitest'
import { type ParserEvent, RequestParser } from './request-parser.ts'

/** What comes out of the parser for bytes that come in these parts, in short. */
function parse(...parts: readonly string[]): unknown[] {
  const parser = new RequestParser()
  const seen: unknown[] = []
  const take = (event: ParserEvent | undefined): boolean => {
    if (event === undefined) return false
    if (event.kind === 'request') {
      const { method, path, body, keepAlive } = event.request
      seen.push(`${method} ${path} ${keepAlive ? 'keep' : 'close'} ${body.toString('latin1')}`)
    } else {
      seen.push(event.kind === 'refused' ? `${event.status} ${event.reason}` : event.kind)
    }
    return true
  }
  for (const part of parts) {
    parser.push(Buffer.from(part, 'latin1'))
    while (take(parser.next()));
  }
  take(parser.end())
  return seen
}

const get = 'GET /json HTTP/1.1\r\nHost: a\r\n\r\n'
const post = (headers: string, body: string): string => `POST /echo HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${body}`

const sequence = [
  '\r\n',
  get,
  post('Content-Length: 11', 'hello world'),
  post(
    'Transfer-Encoding: chunked',
    '5;name="a\\"b";x=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: 1\r\nOther: 2\r\n\r\n',
  ),
  post('Expect: 100-continue\r\nContent-Length: 2', 'ok'),
  post('Content-Length: 0', ''),
  'HEAD /bytes/3?a=1 HTTP/1.1\r\nhost:a\r\nConnection: Close\r\n\r\n',
].join('')

const events = [
  'GET /json keep ',
  'POST /echo keep hello world',
  'POST /echo keep hello world',
  'continue',
  'POST /echo keep ok',
  'POST /echo keep ',
  'HEAD /bytes/3?a=1 close ',
]

describe('requests that are well-formed', () => {
  test('come out of one packet in order', () => {
    expect(parse(sequence)).toEqual(events)
  })

  test('come out the same wherever the bytes are cut in two', () => {
    for (let at = 1; at < sequence.length; at++) {
      expect(parse(sequence.slice(0, at), sequence.slice(at)), `cut at ${at}`).toEqual(events)
    }
  })

  test('come out the same when every byte arrives by itself', () => {
    expect(parse(...sequence)).toEqual(events)
  })

  test('may name their target in absolute form', () => {
    expect(parse('GET http://a:80/json?x HTTP/1.1\r\nHost: a\r\n\r\n')).toEqual(['GET /json?x keep '])
    expect(parse('GET http://a HTTP/1.1\r\nHost: a\r\n\r\n')).toEqual(['GET / keep '])
    expect(parse('GET http://a?x HTTP/1.1\r\nHost: a\r\n\r\n')).toEqual(['GET /?x keep '])
  })

  test('close the connection in HTTP/1.0 unless they ask to keep it', () => {
    expect(parse('GET / HTTP/1.0\r\n\r\n')).toEqual(['GET / close '])
    expect(parse('GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n')).toEqual(['GET / keep '])
    expect(parse('GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n')).toEqual(['GET / close '])
  })

  test('need no 100 Continue without a body, nor from HTTP/1.0', () => {
    expect(parse('GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n')).toEqual(['GET / keep '])
    expect(parse('PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx')).toEqual(['PUT / close x'])
  })
})

test('nothing is read before it is asked for', () => {
  const parser = new RequestParser()
  parser.push(Buffer.from(get + get))
  expect(parser.next()?.kind).toBe('request')
  expect([parser.idle, parser.waiting]).toEqual([false, true])
  expect(parser.next()?.kind).toBe('request')
  expect([parser.idle, parser.waiting]).toEqual([true, false])
})

test('after a refusal nothing more is read', () => {
  expect(parse(`${get}nonsense\r\n\r\n`, get)).toEqual(['GET /json keep ', '400 malformed request line'])
})

const refused: readonly (readonly [what: string, bytes: string, event: string])[] = [
  ['another protocol', '\x16\x03\x01\x02', '400 malformed request line'],
  ['a request line of two words', 'GET /\r\n\r\n', '400 malformed request line'],
  ['a request line with two spaces', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n', '400 malformed request line'],
  ['another version', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', '400 malformed request line'],
  ['a byte above 0x7f in the path', 'GET /\xe4 HTTP/1.1\r\nHost: a\r\n\r\n', '400 malformed request line'],
  ['a path without a slash', 'GET json HTTP/1.1\r\nHost: a\r\n\r\n', '400 malformed request target'],
  ['line feeds alone', 'GET / HTTP/1.1\nHost: a\n\n', '400 malformed request line'],
  ['a line feed alone between headers', 'GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n', '400 malformed header line'],
  ['a carriage return in a header', 'GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n', '400 malformed header line'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', '400 malformed header line'],
  ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n', '400 malformed header line'],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', '400 malformed header line'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400 no Host header'],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n', '400 more than one host header'],
  ['two lengths', post('Content-Length: 1\r\nContent-Length: 2', 'ab'), '400 more than one content-length header'],
  ['a list of lengths', post('Content-Length: 1, 2', 'ab'), '400 malformed Content-Length'],
  ['a signed length', post('Content-Length: +1', 'a'), '400 malformed Content-Length'],
  [
    'counted and chunked at once',
    post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n'),
    '400 both Content-Length and Transfer-Encoding',
  ],
  ['an unknown coding', post('Transfer-Encoding: gzip, chunked', ''), '400 Transfer-Encoding other than chunked'],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', '400 Transfer-Encoding in HTTP/1.0'],
  ['an unknown expectation', post('Expect: tea', ''), '417 unknown expectation'],
  ['too long a body', post('Content-Length: 67108865', ''), '413 body of more than 67108864 bytes'],
  ['a head cut off', 'GET / HTTP/1.1\r\nHos', '400 request cut off'],
  ['a body cut off', post('Content-Length: 3', 'ab'), '400 request cut off'],
]

const refusedChunks: readonly (readonly [what: string, bytes: string, event: string])[] = [
  ['a size that is none', 'x\r\n', '400 malformed chunk size'],
  ['an empty size', '\r\n', '400 malformed chunk size'],
  ['a size with a prefix', '0x5\r\nhello\r\n', '400 malformed chunk size'],
  ['a negative size', '-1\r\n', '400 malformed chunk size'],
  ['a space after the size', '5 \r\nhello\r\n', '400 malformed chunk size'],
  ['a size of 17 digits', `${'0'.repeat(17)}\r\n`, '400 malformed chunk size'],
  ['an extension without a name', '5;\r\nhello\r\n', '400 malformed chunk size'],
  ['a size line without end', '5;a='.padEnd(5000, 'b'), '400 malformed chunk size'],
  ['a size line that ends with a line feed', '5\nhello\r\n', '400 line feed without carriage return'],
  ['more data than the size', '2\r\nabc\r\n', '400 chunk longer than its size'],
  ['a line feed alone after the data', '2\r\nab\n0\r\n\r\n', '400 line feed without carriage return'],
  ['a malformed trailer', '0\r\nno trailer\r\n\r\n', '400 malformed header line'],
  ['too large trailers', `0\r\n${`a: ${'b'.repeat(1000)}\r\n`.repeat(70)}`, '431 trailers of more than 65536 bytes'],
  ['too much data', '4000001\r\n', '413 body of more than 67108864 bytes'],
  ['an end between chunks', '2\r\nab\r\n', '400 request cut off'],
]

describe('what is refused', () => {
  const chunked = refusedChunks.map(
    ([what, bytes, event]) => [what, post('Transfer-Encoding: chunked', bytes), event] as const,
  )
  test.each([...refused, ...chunked])('%s', (_what, bytes, event) => {
    expect(parse(bytes)).toEqual([event])
  })

  test.each([...refused, ...chunked])('%s, byte by byte', (_what, bytes, event) => {
    expect(parse(...bytes).at(-1)).toEqual(event)
  })

  test('a head of more than 64 KiB, whether it ends or not', () => {
    const head = `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(65_536)}`
    expect(parse(head)).toEqual(['431 head of more than 65536 bytes'])
    expect(parse(`${head}\r\n\r\n`)).toEqual(['431 head of more than 65536 bytes'])
    expect(parse(head.slice(0, 40_000), `${head.slice(40_000)}\r\n\r\n`)).toEqual(['431 head of more than 65536 bytes'])
  })

  test('not a head of exactly 64 KiB', () => {
    const start = 'GET / HTTP/1.1\r\nHost: a\r\nX: '
    expect(parse(`${start.padEnd(65_536, 'x')}\r\n\r\n`)).toEqual(['GET / keep '])
  })
})
