import zlib from 'node:zlib'
import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

const text = 'a text that is long enough to be worth compressing, a text that is long enough to be worth compressing'
const encodings: Readonly<Record<string, Buffer>> = {
  gzip: zlib.gzipSync(text),
  'x-gzip': zlib.gzipSync(text),
  compress: zlib.gzipSync(text),
  deflate: zlib.deflateSync(text),
  'deflate, raw': zlib.deflateRawSync(text),
  br: zlib.brotliCompressSync(text),
  zstd: zlib.zstdCompressSync(text),
  identity: Buffer.from(text),
  unknown: Buffer.from(text),
  GZIP: zlib.gzipSync(text),
}
const encoded =
  (name: string, body: Buffer): Responder =>
  (response) =>
    response.writeHead(200, { 'content-encoding': name.split(',')[0] ?? name, 'content-length': body.length }).end(body)

/** Bodies that are compressed, whole and not. */
export const encodingCases: readonly DifferentialCase[] = Object.entries(encodings).flatMap(([name, body]) => [
  { name: `${name} decoded`, config: get('/e'), respond: encoded(name, body) },
  { name: `${name} as bytes`, config: get('/e', { responseType: 'arraybuffer' }), respond: encoded(name, body) },
  { name: `${name} as a stream`, config: get('/e', { responseType: 'stream' }), respond: encoded(name, body) },
  {
    name: `${name} left as it is`,
    config: get('/e', { decompress: false, responseType: 'arraybuffer' }),
    respond: encoded(name, body),
  },
  { name: `${name} cut short`, config: get('/e'), respond: encoded(name, body.subarray(0, body.length - 8)) },
  {
    name: `${name} within a limit`,
    config: get('/e', { maxContentLength: text.length }),
    respond: encoded(name, body),
  },
  {
    name: `${name} over a limit`,
    config: get('/e', { maxContentLength: text.length - 1 }),
    respond: encoded(name, body),
  },
  { name: `${name} of nothing`, config: get('/e'), respond: encoded(name, Buffer.alloc(0)) },
  { name: `${name} for HEAD`, config: get('/e', { method: 'head' }), respond: encoded(name, body) },
])
