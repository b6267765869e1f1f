import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

/** Of a whole answer that is written as it stands, and ends the connection. */
const raw =
  (head: string, body = ''): Responder =>
  (_response, { socket }) =>
    socket.end(Buffer.from(`${head}\r\n\r\n${body}`, 'latin1'))

const answers: readonly { readonly name: string; readonly respond: Responder }[] = [
  {
    name: 'with its length twice',
    respond: raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2', 'ok'),
  },
  {
    name: 'with two lengths',
    respond: raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3', 'ok!'),
  },
  {
    name: 'with a length beside chunks',
    respond: raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked', '2\r\nok\r\n0\r\n\r\n'),
  },
  {
    name: 'with chunks beside a length',
    respond: raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2', '2\r\nok\r\n0\r\n\r\n'),
  },
  {
    name: 'with a length that is no number',
    respond: raw('HTTP/1.1 200 OK\r\nContent-Length: two', 'ok'),
  },
  { name: 'of status 099', respond: raw('HTTP/1.1 099 Odd\r\nContent-Length: 0') },
  { name: 'of status 101 that nobody asked for', respond: raw('HTTP/1.1 101 Switching Protocols') },
  {
    name: 'of status 204 with a body',
    respond: raw('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\nConnection: close', 'ok'),
  },
  {
    name: 'of status 304 with a length',
    respond: raw('HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\nConnection: close'),
  },
  {
    name: 'with a reason in Latin',
    respond: raw('HTTP/1.1 200 Tr\xe8s bien\r\nContent-Length: 2\r\nConnection: close', 'ok'),
  },
  {
    name: 'with blanks around its header values',
    respond: raw('HTTP/1.1 200 OK\r\nx-own: \t a b \t\r\nContent-Length: 2 \r\nConnection: close', 'ok'),
  },
  {
    name: 'of HTTP 1.0',
    respond: raw('HTTP/1.0 200 OK\r\nContent-Type: text/plain', 'ok'),
  },
  {
    name: 'with trailers',
    respond: raw(
      'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: x-t',
      '2\r\nok\r\n0\r\nx-t: 1\r\n\r\n',
    ),
  },
  {
    name: 'with a header line without a colon',
    respond: raw('HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0'),
  },
  { name: 'with a version that is none', respond: raw('HTTP/9.9 200 OK\r\nContent-Length: 0') },
]

/** Ends a call that waits for more, in milliseconds. */
const timeout = 1_000

const ways = {
  plainly: {},
  'as a stream': { responseType: 'stream' },
  'without redirects': { maxRedirects: 0 },
} as const

/** Answers at the edges of HTTP, and cookies of several values. */
export const oddAnswerCases: readonly DifferentialCase[] = [
  ...answers.flatMap(({ name, respond }) =>
    Object.entries(ways).map(([way, more]) => ({
      name: `an answer ${name}, ${way}`,
      config: get('/odd', { timeout, ...more }),
      respond,
    })),
  ),
  { name: 'cookies as a list', config: get('/odd', { headers: { Cookie: ['a=1', 'b=2'] as unknown as string } }) },
]
