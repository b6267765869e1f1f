import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import type { ClientRequest, WholeReply } from './contract.ts'
import { WireProtocolError } from './wire-protocol-error.ts'
import { ResponseReader } from './wire-response.ts'

/** A request that waits for its response: the two ends of the promise that `send` returned. */
export interface Exchange {
  resolve(reply: WholeReply): void
  reject(error: unknown): void
}

/** What a lane tells its owner. */
export interface LaneOwner {
  /** The response has come and the lane can carry another request. */
  onFree(lane: Lane): void
  /** The connection is gone. */
  onClosed(lane: Lane): void
}

/** One socket of the client `wire`, with at most one request on its way. */
export class Lane {
  readonly #socket: Socket
  readonly #reader: ResponseReader
  readonly #owner: LaneOwner
  #exchange: Exchange | undefined

  constructor({ origin, method, certificate }: ClientRequest, owner: LaneOwner) {
    const { hostname, port } = new URL(origin)
    this.#owner = owner
    this.#reader = new ResponseReader(method)
    const address = { host: hostname, port: Number(port), noDelay: true }
    this.#socket = certificate === undefined ? connect(address) : connectSecurely({ ...address, ca: certificate })
    let failure: unknown = new WireProtocolError('the connection was closed before its end')
    this.#socket.on('data', (bytes: Buffer) => {
      try {
        this.#settle(this.#reader.read(bytes))
      } catch (error) {
        failure = error
        this.#socket.destroy()
      }
    })
    this.#socket.on('error', (error) => {
      failure = error
    })
    this.#socket.on('end', () => this.#settle(this.#reader.end()))
    this.#socket.on('close', () => {
      this.#exchange?.reject(failure)
      this.#exchange = undefined
      owner.onClosed(this)
    })
  }

  /** Sends one request, given as bytes; its response settles the exchange. */
  start(bytes: Buffer, exchange: Exchange): void {
    this.#exchange = exchange
    this.#socket.write(bytes)
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #settle(reply: WholeReply | undefined): void {
    if (reply === undefined) return
    this.#exchange?.resolve(reply)
    this.#exchange = undefined
    if (this.#reader.keepsAlive) this.#owner.onFree(this)
    else this.#socket.destroy()
  }
}
