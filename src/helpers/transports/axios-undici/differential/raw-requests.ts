import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  /** Without its framing; empty until it has come whole. */
  body: Buffer
  /** Every byte, from the first of the request line to the last of the framed body. */
  raw: Buffer
}

/** The bytes of a connection, told apart by the requests that they are of. One request is sent after the other. */
export class RawRequests {
  #before: Buffer[] = []
  #current: RecordedRequest | undefined

  /** @param socket Of Node's server, which takes its bytes past the socket as long as nobody listens. */
  constructor(socket: Socket) {
    socket.prependListener('data', (chunk: Buffer) => {
      if (this.#current === undefined) this.#before.push(chunk)
      else this.#current.raw = Buffer.concat([this.#current.raw, chunk])
    })
  }

  /** Call it when the head of a request has come. @returns What is filled as the rest comes. */
  begin(request: IncomingMessage): RecordedRequest {
    const { method = '', url: path = '' } = request
    const recorded = { method, path, body: Buffer.alloc(0), raw: Buffer.concat(this.#before) }
    this.#before = []
    this.#current = recorded
    request.once('end', () => {
      this.#current = undefined
    })
    return recorded
  }
}
