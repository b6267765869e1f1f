import { EventEmitter } from 'node:events'

/** Stands in for the socket of a request, whose time limit axios sets and which it may destroy. */
export class SocketStandIn extends EventEmitter {
  readonly #destroyed: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(destroyed: () => void) {
    super()
    this.#destroyed = destroyed
  }

  /** Of silence, in milliseconds; 0 means none. */
  setTimeout(milliseconds: number, onTimeout?: () => void): this {
    this.rest()
    if (onTimeout) this.once('timeout', onTimeout)
    if (milliseconds > 0) this.#timer = setTimeout(() => this.emit('timeout'), milliseconds)
    return this
  }

  setKeepAlive(): this {
    return this
  }

  destroy(): this {
    this.rest()
    this.#destroyed()
    return this
  }

  /** There was traffic. */
  beat(): void {
    this.#timer?.refresh()
  }

  rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
