import { largestBody } from './bodies.ts'
import { parseField, RequestRefused } from './request-head.ts'

// Room for extensions; longer ones are no client's.
const longestSizeLine = 4096
const largestTrailers = 65_536

const extension = /[ \t]*;[ \t]*[!#$%&'*+\-.^_`|~\w]+(?:[ \t]*=[ \t]*(?:[!#$%&'*+\-.^_`|~\w]+|"(?:[^"\\]|\\[\s\S])*"))?/
const sizeLine = new RegExp(`^([0-9a-fA-F]{1,16})(?:${extension.source})*$`)
const CR = 13
const LF = 10

/** Reads a chunked body with extensions and trailers, which it checks and drops. It may be cut anywhere. */
export class ChunkedBody {
  readonly #pieces: Buffer[]
  #state: 'size' | 'data' | 'data end' | 'trailers' | 'complete' = 'size'
  #missing = 0
  #total = 0
  #trailers = 0

  /** @param pieces Where the data of the chunks is added to. */
  constructor(pieces: Buffer[]) {
    this.#pieces = pieces
  }

  get complete(): boolean {
    return this.#state === 'complete'
  }

  /**
   * Reads on from `at` as far as the bytes go and returns where it stopped; what lies behind has to be given again.
   * Throws `RequestRefused`: 400 for bad framing, 413 for too much data, 431 for too large a trailer block.
   */
  read(bytes: Buffer, at: number): number {
    while (this.#state !== 'complete' && at < bytes.length) {
      if (this.#state === 'data') {
        const piece = bytes.subarray(at, at + this.#missing)
        this.#pieces.push(piece)
        at += piece.length
        this.#missing -= piece.length
        if (this.#missing === 0) this.#state = 'data end'
        continue
      }
      const end = lineEnd(bytes, at)
      if (end === undefined) {
        this.#checkLength(bytes.length - at)
        return at
      }
      this.#checkLength(end - at)
      this.#readLine(bytes.toString('latin1', at, end))
      at = end + 2
    }
    return at
  }

  #checkLength(length: number): void {
    if (this.#state === 'trailers' && this.#trailers + length > largestTrailers) {
      throw new RequestRefused(431, `trailers of more than ${largestTrailers} bytes`)
    }
    // A carriage return may have come without its line feed.
    if (this.#state === 'data end' && length > 1) throw new RequestRefused(400, 'chunk longer than its size')
    if (this.#state === 'size' && length > longestSizeLine) throw new RequestRefused(400, 'malformed chunk size')
  }

  #readLine(line: string): void {
    switch (this.#state) {
      case 'size':
        this.#readSize(line)
        break
      case 'data end':
        if (line !== '') throw new RequestRefused(400, 'chunk longer than its size')
        this.#state = 'size'
        break
      case 'trailers':
        if (line === '') this.#state = 'complete'
        else parseField(line)
        this.#trailers += line.length + 2
    }
  }

  #readSize(line: string): void {
    const [, digits] = sizeLine.exec(line) ?? []
    if (digits === undefined) throw new RequestRefused(400, 'malformed chunk size')
    this.#missing = Number.parseInt(digits, 16)
    this.#total += this.#missing
    if (this.#total > largestBody) throw new RequestRefused(413, `body of more than ${largestBody} bytes`)
    this.#state = this.#missing === 0 ? 'trailers' : 'data'
  }
}

/** Where the line that begins at `at` ends, before its CR LF. A line feed by itself is refused. */
function lineEnd(bytes: Buffer, at: number): number | undefined {
  const feed = bytes.indexOf(LF, at)
  if (feed < 0) return undefined
  if (feed === at || bytes[feed - 1] !== CR) throw new RequestRefused(400, 'line feed without carriage return')
  return feed - 1
}
