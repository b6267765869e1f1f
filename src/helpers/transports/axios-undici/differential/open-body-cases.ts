import zlib from 'node:zlib'
import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

/** Ends a call that waits for a body that does not end, in milliseconds. */
const timeout = 2_000

const gzip = { 'content-encoding': 'gzip' }

/** Writes what there is and leaves the body open. */
const leftOpen =
  (bytes: Buffer): Responder =>
  (response) =>
    response.writeHead(200, gzip).write(bytes)

/** Compressed, with a flush after each byte: several times as long as what it holds. */
function flushedPerByte(text: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const packed = zlib.createGzip()
  const chunks: Buffer[] = []
  packed.on('data', (chunk: Buffer) => chunks.push(chunk))
  packed.once('error', reject).once('end', () => resolve(Buffer.concat(chunks)))
  for (const byte of Buffer.from(text)) {
    packed.write(Buffer.of(byte))
    packed.flush(zlib.constants.Z_FULL_FLUSH)
  }
  packed.end()
  return promise
}

const text = 'abcdefgh'.repeat(500)
const flushed = await flushedPerByte(text)
const bomb = zlib.gzipSync(Buffer.alloc(5_000_000))

/** Bodies that are to be judged while they come. */
export const openBodyCases: readonly DifferentialCase[] = [
  {
    name: 'gzip with a blank behind its name',
    config: get('/o'),
    respond: (_response, { socket }) => {
      const body = zlib.gzipSync('text')
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Encoding: gzip \r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
      )
      socket.end(body)
    },
  },
  {
    name: 'gzip flushed with every byte within its limit',
    config: get('/o', { maxContentLength: text.length }),
    respond: (response) => response.writeHead(200, gzip).end(flushed),
  },
  {
    name: 'gzip flushed with every byte over its limit',
    config: get('/o', { maxContentLength: text.length - 1 }),
    respond: (response) => response.writeHead(200, gzip).end(flushed),
  },
  {
    name: 'bad gzip whose body stays open',
    config: get('/o', { timeout }),
    respond: leftOpen(Buffer.from('no gzip at all')),
  },
  {
    name: 'bad gzip whose body stays open, without redirects',
    config: get('/o', { timeout, maxRedirects: 0 }),
    respond: leftOpen(Buffer.from('no gzip at all')),
  },
  {
    name: 'gzip over its limit whose body stays open',
    config: get('/o', { timeout, maxContentLength: 10_000 }),
    respond: leftOpen(bomb.subarray(0, bomb.length / 2)),
  },
  {
    name: 'gzip over its limit that comes whole',
    config: get('/o', { timeout, maxContentLength: 10_000 }),
    respond: (response) => response.writeHead(200, gzip).end(bomb),
  },
  {
    name: 'gzip with something behind its end',
    config: get('/o'),
    respond: (response) =>
      response.writeHead(200, gzip).end(Buffer.concat([zlib.gzipSync('one'), Buffer.from('rest')])),
  },
  {
    name: 'gzip of two members',
    config: get('/o'),
    respond: (response) =>
      response.writeHead(200, gzip).end(Buffer.concat([zlib.gzipSync('one'), zlib.gzipSync('two')])),
  },
]
