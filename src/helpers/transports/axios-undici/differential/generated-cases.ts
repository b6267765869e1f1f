import { Readable } from 'node:stream'
import zlib from 'node:zlib'
import type { AxiosRequestConfig } from 'axios'
import fc from 'fast-check'
import type { DifferentialCase } from './case.ts'
import type { Responder } from './recording-server.ts'

/** As many are drawn, always the same: a case that fails can be run again by its name. */
const count = 200
const seed = 20_261_122

/** Makes a body anew for each adapter, because a stream can be read once. */
type Body = fc.Arbitrary<() => unknown>

const wholeBody: Body = fc.oneof(
  fc.constant(() => undefined),
  fc.string({ maxLength: 300 }).map((text) => () => text),
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => () => Buffer.from(bytes)),
  fc
    .dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()))
    .map((value) => () => value),
)

const streamedBody: Body = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { maxLength: 4 })
  .map((chunks) => () => Readable.from(chunks.map((chunk) => Buffer.from(chunk))))

/** Only these methods have a body by rule: a stream with any other is declared as different. */
const sent = fc.oneof(
  fc.record({ method: fc.constantFrom('post', 'put', 'patch'), body: fc.oneof(wholeBody, streamedBody) }),
  fc.record({ method: fc.constantFrom('get', 'delete', 'head', 'options'), body: wholeBody }),
)

const responseType = fc.constantFrom(undefined, 'json', 'text', 'arraybuffer', 'stream')

const limits = fc.record(
  {
    maxContentLength: fc.constantFrom(-1, 0, 10, 1_000),
    maxBodyLength: fc.constantFrom(-1, 10, 1_000),
    maxRedirects: fc.constantFrom(0, 1, 5),
    decompress: fc.boolean(),
    responseEncoding: fc.constantFrom('utf8', 'latin1', 'base64'),
  },
  { requiredKeys: [] },
)

const headerName = fc.stringMatching(/^x-[a-z]{1,8}$/)
const headers = fc.dictionary(headerName, fc.string({ maxLength: 20 }), { maxKeys: 3 })
const params = fc.option(fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 3 }), {
  nil: undefined,
})

const encoders = {
  identity: (text: Buffer) => text,
  gzip: (text: Buffer) => zlib.gzipSync(text),
  deflate: (text: Buffer) => zlib.deflateSync(text),
  br: (text: Buffer) => zlib.brotliCompressSync(text),
} as const

/** Redirects of a status, each to the next place, and then an answer in a coding, whole or in chunks. */
const answer = fc.record({
  status: fc.constantFrom(200, 200, 200, 201, 204, 404, 500),
  redirects: fc.constantFrom(0, 0, 0, 1, 3),
  redirectStatus: fc.constantFrom(301, 302, 303, 307, 308),
  encoding: fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[])),
  inChunks: fc.boolean(),
  text: fc.string({ maxLength: 2_000 }),
})
type Answer = typeof answer extends fc.Arbitrary<infer Value> ? Value : never

function responderOf({ status, redirects, redirectStatus, encoding, inChunks, text }: Answer): Responder {
  const encoded = encoders[encoding](Buffer.from(text))
  return (response, { index }) => {
    if (index < redirects) {
      response.writeHead(redirectStatus, { location: `/hop-${index + 1}`, 'content-length': 0 }).end()
    } else if (status === 204) response.writeHead(status).end()
    else if (inChunks) {
      response.writeHead(status, { 'content-encoding': encoding })
      response.write(encoded.subarray(0, encoded.length / 2))
      response.end(encoded.subarray(encoded.length / 2))
    } else response.writeHead(status, { 'content-encoding': encoding, 'content-length': encoded.length }).end(encoded)
  }
}

const call = fc.record({ sent, responseType, limits, headers, params, answer })

export const generatedCases: readonly DifferentialCase[] = fc
  .sample(call, { numRuns: count, seed })
  .map(({ answer: answered, ...asked }, place) => ({
    name: `generated ${place}: ${asked.sent.method}, ${answered.redirects} redirects, ${answered.status}, ${answered.encoding}`,
    config: (origin) => {
      const { sent: about, responseType: type, limits: limited, headers: own, params: query } = asked
      const data = about.body()
      // How much of a stream is sent before it breaks a limit is a matter of time.
      const { maxBodyLength, ...others } = limited
      const config: AxiosRequestConfig = {
        url: `${origin}/generated`,
        method: about.method,
        data,
        headers: own,
        ...(data instanceof Readable ? others : limited),
      }
      return { ...config, ...(type && { responseType: type as 'json' }), ...(query && { params: query }) }
    },
    respond: responderOf(answered),
  }))
