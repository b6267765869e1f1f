import type { Socket } from 'node:net'
import type { TargetCounters } from './counters.ts'
import { PortCounters } from './port-counters.ts'

/**
 * The counters of a port whose sockets are read and written by somebody else: the bytes are those that the sockets themselves
 * have counted, so that counting costs the server nothing.
 */
export class SocketCounters extends PortCounters {
  readonly #open = new Set<Socket>()
  /** Of connections that are closed, less what was there at the last reset. */
  #closedIn = 0
  #closedOut = 0

  watch(socket: Socket): void {
    this.opened()
    this.#open.add(socket)
    socket.once('close', () => {
      this.closed()
      this.#open.delete(socket)
      this.#closedIn += socket.bytesRead
      this.#closedOut += socket.bytesWritten
    })
  }

  override read(): TargetCounters {
    this.bytesIn = this.#closedIn
    this.bytesOut = this.#closedOut
    for (const socket of this.#open) {
      this.bytesIn += socket.bytesRead
      this.bytesOut += socket.bytesWritten
    }
    return super.read()
  }

  override reset(): void {
    const { bytesIn, bytesOut } = this.read()
    this.#closedIn -= bytesIn
    this.#closedOut -= bytesOut
    super.reset()
  }
}
