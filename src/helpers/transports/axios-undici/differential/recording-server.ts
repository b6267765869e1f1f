import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { RawRequests, type RecordedRequest } from './raw-requests.ts'

/** Answers a request. What it writes to the socket itself goes out as it is, and may be no HTTP at all. */
export type Responder = (response: http.ServerResponse, context: ResponderContext) => void

interface ResponderContext {
  readonly request: http.IncomingMessage
  readonly body: Buffer
  /** Of this server, e.g. `http://127.0.0.1:40123`. */
  readonly origin: string
  /** How many requests came before this one. */
  readonly index: number
  readonly socket: Socket
}

/** Says which round a request is of. */
export const roundHeader = 'x-round'

/** Asks for nothing but an answer, and is not kept. */
const settlingPath = '/settling'

interface RecordingOptions {
  /** Whether requests are kept. Default true. */
  readonly keeps?: boolean
  /** An address of this machine. Default 127.0.0.1. */
  readonly address?: string
}

/** A server on loopback that keeps every request and answers as it is told. */
export class RecordingServer implements AsyncDisposable {
  readonly requests: RecordedRequest[] = []
  #respond: Responder = (response) => response.end('ok')
  #round = 0
  /** How many connections were ever made. */
  connections = 0
  /** How many requests came when their round was over, which nobody could compare. */
  late = 0
  readonly #server = http.createServer({ keepAliveTimeout: 60_000 })
  readonly #sockets = new Map<Socket, RawRequests | undefined>()
  readonly #address: string

  constructor({ keeps = true, address = '127.0.0.1' }: RecordingOptions = {}) {
    this.#address = address
    this.#server.on('connection', (socket) => {
      this.connections++
      this.#sockets.set(socket, keeps ? new RawRequests(socket) : undefined)
      socket.on('error', () => {})
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('request', (request, response) => this.#record(request, response))
    // A client that goes away in the middle of its request is not this server's error.
    this.#server.on('clientError', (_error, socket) => socket.destroy())
  }

  async listen(): Promise<this> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.listen(0, this.#address, resolve)
    await promise
    return this
  }

  get origin(): string {
    const host = this.#address.includes(':') ? `[${this.#address}]` : this.#address
    return `http://${host}:${(this.#server.address() as AddressInfo).port}`
  }

  get openSockets(): number {
    return this.#sockets.size
  }

  /** @returns Headers for the requests of this round, which {@link settle} should end. */
  reset(respond: Responder): Readonly<Record<string, string>> {
    this.requests.length = 0
    this.#respond = respond
    return { [roundHeader]: String(++this.#round) }
  }

  /**
   * Waits until what was written to this server has come, so that a request whose call was given up is among the requests
   * of its round. Two requests, each over a connection of its own, take more turns of the event loop than one does that was
   * begun before.
   */
  async settle(): Promise<void> {
    for (let time = 0; time < 2; time++) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const asked = http.get(this.origin + settlingPath, { agent: false }, (response) => response.resume())
      asked.once('close', resolve).once('error', reject)
      await promise
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #record(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (request.url === settlingPath) {
      this.connections--
      response.end()
      return
    }
    const round = request.headers[roundHeader]
    if (round !== undefined && round !== String(this.#round)) {
      this.late++
      request.socket.destroy()
      return
    }
    const chunks: Buffer[] = []
    const index = this.requests.length
    const recorded = this.#sockets.get(request.socket)?.begin(request)
    if (recorded !== undefined) this.requests.push(recorded)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    request.once('end', () => {
      const body = Buffer.concat(chunks)
      if (recorded !== undefined) recorded.body = body
      this.#respond(response, { request, body, origin: this.origin, index, socket: request.socket })
    })
  }
}
