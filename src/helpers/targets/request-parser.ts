import { largestBody } from './bodies.ts'
import { ChunkedBody } from './chunked-body.ts'
import { parseHead, type RequestHead, RequestRefused } from './request-head.ts'

/** A request that arrived in full. */
export interface ParsedRequest extends RequestHead {
  /** The body without its framing; empty for none. */
  readonly body: Buffer
}

/** What {@link RequestParser.next} found in the bytes so far. */
export type ParserEvent =
  | { readonly kind: 'request'; readonly request: ParsedRequest }
  /** The client waits for `100 Continue` before it sends the body. */
  | { readonly kind: 'continue' }
  /** No request can be read from this connection any more. */
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 417 | 431; readonly reason: string }

/** Largest header block, and largest trailer block, in bytes. */
const largestHead = 65_536

const headEnd = Buffer.from('\r\n\r\n', 'latin1')
const nothing = Buffer.alloc(0)
const CR = 13
const LF = 10

/**
 * Reads HTTP/1.x requests out of bytes that may be cut anywhere. Bytes go in with {@link push}; {@link next} is called
 * until it finds nothing more, so that whoever reads decides how far to go. What comes out does not depend on the cuts.
 */
export class RequestParser {
  #bytes: Buffer = nothing
  #at = 0
  /** Up to here there is no end of a head. */
  #searched = 0
  #head: RequestHead | undefined
  #continueSent = false
  #chunked: ChunkedBody | undefined
  #pieces: Buffer[] = []
  #missing = 0
  #refused = false

  /** Whether everything so far was read and the next byte begins a request. */
  get idle(): boolean {
    return this.#head === undefined && this.#at === this.#bytes.length && !this.#refused
  }

  /** Whether bytes wait to be read. */
  get waiting(): boolean {
    return this.#at < this.#bytes.length
  }

  /** Takes the next bytes of the connection; they must not change afterwards. */
  push(bytes: Buffer): void {
    if (this.#refused) return
    this.#bytes = this.waiting ? Buffer.concat([this.#bytes.subarray(this.#at), bytes]) : bytes
    this.#searched = Math.max(0, this.#searched - this.#at)
    this.#at = 0
  }

  /** The next event in the bytes so far, or nothing before more bytes come. After a refusal there are none. */
  next(): ParserEvent | undefined {
    if (this.#refused) return undefined
    try {
      return this.#next()
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      return this.#refuse(error.status, error.message)
    }
  }

  /** Tells that no more bytes come: a refusal if they end inside a request. */
  end(): ParserEvent | undefined {
    return this.idle || this.#refused ? undefined : this.#refuse(400, 'request cut off')
  }

  #refuse(status: 400 | 413 | 417 | 431, reason: string): ParserEvent {
    this.#refused = true
    this.#bytes = nothing
    this.#at = 0
    this.#pieces = []
    return { kind: 'refused', status, reason }
  }

  #next(): ParserEvent | undefined {
    if (this.#head === undefined) {
      this.#head = this.#readHead()
      if (this.#head === undefined) return undefined
      this.#begin(this.#head)
    }
    if (this.#head.expectsContinue && !this.#continueSent) {
      this.#continueSent = true
      return { kind: 'continue' }
    }
    if (!(this.#chunked === undefined ? this.#readCounted() : this.#readChunked(this.#chunked))) return undefined
    const request = { ...this.#head, body: join(this.#pieces) }
    this.#head = undefined
    this.#pieces = []
    this.#searched = this.#at
    return { kind: 'request', request }
  }

  #begin({ bodyLength }: RequestHead): void {
    this.#continueSent = false
    this.#chunked = bodyLength === 'chunked' ? new ChunkedBody(this.#pieces) : undefined
    this.#missing = bodyLength === 'chunked' ? 0 : bodyLength
    if (this.#missing > largestBody) throw new RequestRefused(413, `body of more than ${largestBody} bytes`)
  }

  #readHead(): RequestHead | undefined {
    // RFC 9112, 2.2: empty lines before a request are skipped.
    while (this.#bytes[this.#at] === CR && this.#bytes[this.#at + 1] === LF) this.#at += 2
    const end = this.#bytes.indexOf(headEnd, Math.max(this.#at, this.#searched - 3))
    this.#searched = this.#bytes.length
    if ((end < 0 ? this.#bytes.length : end) - this.#at > largestHead) {
      throw new RequestRefused(431, `head of more than ${largestHead} bytes`)
    }
    if (end < 0) {
      this.#checkStart()
      return undefined
    }
    const text = this.#bytes.toString('latin1', this.#at, end)
    this.#at = end + headEnd.length
    return parseHead(text)
  }

  /** Refuses early what never becomes a head, so that its sender need not wait: other protocols, bare line feeds. */
  #checkStart(): void {
    const first = this.#bytes[this.#at]
    if (first === undefined || (first === CR && this.#at + 1 === this.#bytes.length)) return
    const lineEnd = this.#bytes.indexOf(LF, this.#at)
    if (first <= 0x20 || first >= 0x7f || (lineEnd >= 0 && this.#bytes[lineEnd - 1] !== CR)) {
      throw new RequestRefused(400, 'malformed request line')
    }
  }

  #readCounted(): boolean {
    if (this.#missing > 0 && this.waiting) {
      const piece = this.#bytes.subarray(this.#at, this.#at + this.#missing)
      this.#pieces.push(piece)
      this.#at += piece.length
      this.#missing -= piece.length
    }
    return this.#missing === 0
  }

  #readChunked(chunked: ChunkedBody): boolean {
    this.#at = chunked.read(this.#bytes, this.#at)
    return chunked.complete
  }
}

function join(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? (pieces[0] ?? nothing) : Buffer.concat(pieces)
}
