import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** axios's: what a server cut short is decoded as far as it came, and no error. */
const zlibOptions = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }
const brotliOptions = {
  flush: zlib.constants.BROTLI_OPERATION_FLUSH,
  finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
}
const zstdOptions = { flush: zlib.constants.ZSTD_e_flush, finishFlush: zlib.constants.ZSTD_e_flush }

/** Raw deflate lacks the header of zlib, without which it is not recognised; axios puts this one before it. */
const zlibHeader = Buffer.from([0x78, 0x9c])

type Decoding = (first: number | undefined) => Transform

const inflate: Decoding = () => zlib.createUnzip(zlibOptions)

const decoders: Readonly<Record<string, Decoding>> = {
  gzip: inflate,
  'x-gzip': inflate,
  compress: inflate,
  'x-compress': inflate,
  deflate: (first) => {
    const decoder = zlib.createUnzip(zlibOptions)
    if (first !== zlibHeader[0]) decoder.write(zlibHeader)
    return decoder
  },
  br: () => zlib.createBrotliDecompress(brotliOptions),
  // Since Node 22.15; axios leaves zstd as it is where it is missing.
  ...('createZstdDecompress' in zlib && { zstd: () => zlib.createZstdDecompress(zstdOptions) }),
}

/** Whether axios decodes a body with such a `content-encoding`; it leaves others as they are. */
export function isDecoded(contentEncoding: string): boolean {
  return Object.hasOwn(decoders, contentEncoding.toLowerCase())
}

/**
 * What decodes a body.
 *
 * @param contentEncoding One that {@link isDecoded}.
 * @param first The first byte of the body.
 */
export function decoderOf(contentEncoding: string, first: number | undefined): Transform {
  return (decoders[contentEncoding.toLowerCase()] ?? inflate)(first)
}
