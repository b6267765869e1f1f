import { gzipSync } from 'node:zlib'

/** The body of `/json`: an object of about 150 bytes, such as an API answers with. */
export const smallJson: string = JSON.stringify({
  id: 7291,
  name: 'wiregauge',
  active: true,
  price: 12.75,
  tags: ['throughput', 'budget', 'gate'],
  owner: { id: 41, name: 'loopback' },
  updated: '2026-01-01T00:00:00Z',
})

/** Largest body that the target makes or takes, in bytes. */
export const largestBody: number = 64 * 1024 * 1024

// 61 characters: a prime, so that no power of two divides the period and a lost or doubled packet changes the text.
const pattern = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz012345678'

/** The body of `/bytes/N` and `/chunked/N`: `length` bytes of printable ASCII, the same at every call. */
export function textOfBytes(length: number): string {
  return pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length)
}

// Enough for the few sizes that one measurement asks for; what is larger is made anew at each request.
const keptBytes = 32 * 1024 * 1024
const kept = new Map<number, Buffer>()
let keptTotal = 0

/** {@link textOfBytes} as bytes. The buffer is shared between calls and must not be written to. */
export function bytesOfText(length: number): Buffer {
  const known = kept.get(length)
  if (known !== undefined) return known
  const made = Buffer.from(textOfBytes(length), 'latin1')
  if (length > keptBytes) return made
  for (const [oldest, bytes] of kept) {
    if (keptTotal + length <= keptBytes) break
    kept.delete(oldest)
    keptTotal -= bytes.length
  }
  kept.set(length, made)
  keptTotal += length
  return made
}

/** A text and what it is compressed to. */
interface Compressed {
  readonly text: string
  readonly bytes: Buffer
}

const compressed = new Map<number, Compressed>()

/**
 * The body of `/gzip/N`: a JSON list of records, `length` bytes before compression and less than a fifth after it (17,950
 * of 100,000), such as an API answers with. Made once for each length.
 */
export function compressedJson(length: number): Compressed {
  const known = compressed.get(length)
  if (known !== undefined) return known
  const text = jsonOfRecords(length)
  const made = { text, bytes: gzipSync(text) }
  compressed.set(length, made)
  return made
}

/** Records whose numbers look drawn and are the same at every call, padded with spaces, which JSON ignores, to `length`. */
function jsonOfRecords(length: number): string {
  const records: string[] = []
  let bytes = 2
  for (let id = 0; ; id++) {
    // Knuth's multiplicative hash: numbers without a pattern that a compressor finds.
    const drawn = Math.imul(id + 1, 2_654_435_761) >>> 0
    const record = JSON.stringify({
      id,
      name: `wiregauge ${drawn.toString(36)}`,
      price: (drawn % 10_000) / 100,
      active: true,
    })
    if (bytes + record.length + 1 > length) break
    records.push(record)
    bytes += record.length + 1
  }
  return `[${records.join(',')}]`.padEnd(length).slice(0, length)
}

/**
 * Puts chunked framing around a body: four chunks of equal size, the last one shorter, or chunks of 16 KiB where four
 * would be larger; then the closing chunk, without trailers.
 */
export function chunkedFraming(body: Buffer): Buffer {
  const size = Math.max(1, Math.min(16_384, Math.ceil(body.length / 4)))
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size)
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`, 'latin1'), piece, Buffer.from('\r\n', 'latin1'))
  }
  parts.push(Buffer.from('0\r\n\r\n', 'latin1'))
  return Buffer.concat(parts)
}
