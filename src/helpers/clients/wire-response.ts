import { bodyText } from './body-text.ts'
import type { ClientRequest, WholeReply } from './contract.ts'
import { WireProtocolError } from './wire-protocol-error.ts'

/** Response headers as they came; a name is looked for only when asked for, because `wire` is to cost nothing. */
export class WireHeaders {
  readonly #head: string

  constructor(head: string) {
    this.#head = head
  }

  get(name: string): string | undefined {
    const start = `\n${name.toLowerCase()}:`
    const at = this.#head.toLowerCase().indexOf(start)
    return at === -1
      ? undefined
      : this.#head
          .slice(at + start.length)
          .split('\r\n', 1)[0]
          ?.trim()
  }
}

/**
 * Reads the responses of one connection, one after the other, however they are split into packets: bodies with a
 * content length, chunked, and those that end with the connection.
 */
export class ResponseReader {
  readonly #method: ClientRequest['method']
  #state: 'head' | 'body' | 'chunk size' | 'trailers' = 'head'
  #kept: Buffer = Buffer.alloc(0)
  #head = ''
  #chunked = false
  #parts: Buffer[] = []
  /** Bytes still to come of the body or chunk; infinite for a body that ends with the connection. */
  #missing = 0

  constructor(method: ClientRequest['method']) {
    this.#method = method
  }

  /** Takes the next bytes; returns the response that they complete, or undefined. */
  read(bytes: Buffer): WholeReply | undefined {
    let rest = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes])
    for (;;) {
      if (this.#state === 'body') {
        if (rest.length > 0) this.#parts.push(rest.subarray(0, this.#missing))
        const taken = Math.min(this.#missing, rest.length)
        this.#missing -= taken
        rest = rest.subarray(taken)
        if (this.#missing > 0) return this.#keep(rest)
        if (!this.#chunked) return this.#finish(rest)
        this.#state = 'chunk size'
      }
      const end = this.#state === 'head' ? '\r\n\r\n' : '\r\n'
      const at = rest.indexOf(end)
      if (at === -1) return this.#keep(rest)
      const text = rest.toString('latin1', 0, at)
      rest = rest.subarray(at + end.length)
      if (this.#state === 'head') this.#readHead(text)
      else if (this.#state === 'chunk size') this.#readChunkSize(text)
      else if (text === '') return this.#finish(rest)
    }
  }

  /** The connection was ended by the server: returns the response that this completes, or undefined. */
  end(): WholeReply | undefined {
    return this.#state === 'body' && this.#missing === Number.POSITIVE_INFINITY ? this.#finish(this.#kept) : undefined
  }

  /** Whether the connection may carry another request after the response that was returned last. */
  get keepsAlive(): boolean {
    return !/\r\nconnection:[ \t]*close/i.test(this.#head)
  }

  #keep(rest: Buffer): undefined {
    this.#kept = rest
  }

  #readHead(head: string): void {
    const status = Number(head.slice(9, 12))
    if (!head.startsWith('HTTP/1.') || !(status >= 100)) throw new WireProtocolError('it does not begin with HTTP/1.')
    if (status < 200) return
    this.#head = head
    this.#chunked = false
    this.#state = 'body'
    if (this.#method === 'HEAD' || status === 204 || status === 304) {
      this.#missing = 0
    } else if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) {
      this.#chunked = true
      this.#state = 'chunk size'
    } else {
      const length = /\r\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1]
      this.#missing = length === undefined ? Number.POSITIVE_INFINITY : Number(length)
    }
  }

  #readChunkSize(line: string): void {
    // The line end that closes the chunk before.
    if (line === '') return
    this.#missing = Number.parseInt(line, 16)
    if (!(this.#missing >= 0)) throw new WireProtocolError(`${JSON.stringify(line)} is not the size of a chunk`)
    this.#state = this.#missing === 0 ? 'trailers' : 'body'
  }

  #finish(rest: Buffer): WholeReply {
    if (rest.length > 0) throw new WireProtocolError(`${rest.length} bytes follow its end`)
    const reply = {
      status: Number(this.#head.slice(9, 12)),
      headers: new WireHeaders(this.#head),
      text: bodyText(this.#parts),
    }
    this.#state = 'head'
    this.#kept = rest
    this.#parts = []
    return reply
  }
}
