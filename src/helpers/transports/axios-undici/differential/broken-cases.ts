import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

const raw =
  (bytes: string | Buffer, more: { readonly end?: boolean } = { end: true }): Responder =>
  (_response, { socket }) => {
    if (more.end) socket.end(bytes)
    else socket.write(bytes)
  }

interface BrokenAnswer {
  readonly name: string
  readonly respond: Responder
}

const answers: readonly BrokenAnswer[] = [
  { name: 'cut short by its length', respond: raw('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345') },
  {
    name: 'longer than its length',
    respond: raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nokay'),
  },
  { name: 'cut short in chunks', respond: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n123') },
  { name: 'with a bad chunk', respond: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n123\r\n') },
  { name: 'that ends with the connection', respond: raw('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nall of it') },
  { name: 'that is no HTTP', respond: raw('SSH-2.0-hello\r\n') },
  { name: 'that never comes', respond: (_response, { socket }) => socket.destroy() },
  { name: 'reset', respond: (_response, { socket }) => socket.resetAndDestroy() },
  {
    name: 'reset in its body',
    respond: (_response, { socket }) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345', () =>
        setImmediate(() => socket.resetAndDestroy()),
      )
    },
  },
  {
    name: 'with too many headers',
    respond: raw(`HTTP/1.1 200 OK\r\nx-flood: ${'x'.repeat(20_000)}\r\ncontent-length: 0\r\n\r\n`),
  },
  { name: 'with a bad status', respond: raw('HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n') },
  { name: 'without a reason', respond: raw('HTTP/1.1 200 \r\ncontent-length: 2\r\nconnection: close\r\n\r\nok') },
  {
    name: 'after a hint',
    respond: raw(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok',
    ),
  },
  {
    name: 'with bad gzip',
    respond: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all'),
  },
  {
    name: 'in pieces',
    respond: (_response, { socket }) => {
      const bytes =
        'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'
      socket.setNoDelay()
      const write = (at: number): void => {
        if (at >= bytes.length) socket.end()
        else socket.write(bytes.slice(at, at + 5), () => setImmediate(write, at + 5))
      }
      write(0)
    },
  },
]

/** Servers that misbehave, or are slow. */
export const brokenCases: readonly DifferentialCase[] = answers.flatMap(({ name, respond }) => [
  { name: `an answer ${name}`, config: get('/x'), respond },
  { name: `an answer ${name}, as a stream`, config: get('/x', { responseType: 'stream' }), respond },
  { name: `an answer ${name}, without redirects`, config: get('/x', { maxRedirects: 0 }), respond },
])
