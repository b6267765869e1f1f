import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/**
 * A body without its content coding, as clients hand it on.
 *
 * @param coding Value of `content-encoding`. Default: there is none.
 */
export function decoded(bytes: Buffer, coding = ''): Buffer {
  const decode = decoders[coding.trim().toLowerCase()]
  return decode === undefined ? bytes : decode(bytes)
}
