import type { EventEmitter } from 'node:events'
import { Agent, Client, type Dispatcher, Pool } from 'undici'

/** A request's place in the queue for a connection. */
export interface Place {
  /** False once it holds a connection, or one is being made for it. */
  readonly isWaiting: boolean
  /** Its request is begun. */
  begin(): void
  /** It is given up. */
  leave(): void
}

/** Who waits for a connection to an origin, in their order. There is a crowd as long as no connection is free. */
type Crowd = Set<Place>

/**
 * Knows which origins of a dispatcher have no connection free. Node's client gives a request its socket when there is one,
 * and limits of time begin with it; undici queues requests by itself, and says so by what `dispatch` returns.
 *
 * Whoever waits is sure to begin: at the latest when its request does, and before that when a place comes free (a request is
 * given up before it was begun, or a connection is lost), for which undici then makes a connection. Then the one that waits
 * longest begins.
 */
export class Crowds {
  readonly #crowds = new WeakMap<Dispatcher, Map<string, Crowd>>()
  readonly #listeners = new WeakMap<Dispatcher, Listeners>()

  dispatch(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    if (!dispatcher.dispatch(options, handler)) this.#fill(dispatcher, String(options.origin))
  }

  /** Whether a request that is dispatched now will have to wait in the queue. */
  isCrowded(dispatcher: Dispatcher, origin: string): boolean {
    return this.#crowds.get(dispatcher)?.has(origin) === true
  }

  /**
   * To be asked before the request is dispatched.
   *
   * @param begin Called once.
   * @returns Undefined where nobody has to wait; then nothing is called.
   */
  wait(dispatcher: Dispatcher, origin: string, begin: () => void): Place | undefined {
    const crowd = this.#crowds.get(dispatcher)?.get(origin)
    return crowd && new Waiting(crowd, begin)
  }

  /** A request that did not wait was given up before it was begun: Node's client would give its socket to another. */
  free(dispatcher: Dispatcher, origin: string): void {
    const crowds = this.#crowds.get(dispatcher)
    const [longest] = crowds?.get(origin) ?? []
    if (longest === undefined) crowds?.delete(origin)
    else longest.begin()
  }

  /** Takes the listeners off a dispatcher that goes on to live. */
  leave(dispatcher: Dispatcher): void {
    const listeners = this.#listeners.get(dispatcher)
    if (listeners === undefined) return
    const emitter: EventEmitter = dispatcher
    for (const [event, listener] of listeners) emitter.off(event, listener)
    this.#listeners.delete(dispatcher)
    this.#crowds.delete(dispatcher)
  }

  #fill(dispatcher: Dispatcher, origin: string): void {
    if (!tellsOfConnections(dispatcher)) return
    const crowds = this.#crowds.get(dispatcher) ?? this.#listened(dispatcher)
    if (!crowds.has(origin)) crowds.set(origin, new Set())
  }

  #listened(dispatcher: Dispatcher): Map<string, Crowd> {
    const crowds = new Map<string, Crowd>()
    this.#crowds.set(dispatcher, crowds)
    const drained = ({ origin }: URL): void => {
      const crowd = crowds.get(origin) ?? []
      crowds.delete(origin)
      // Those that are not dispatched yet.
      for (const place of crowd) place.begin()
    }
    const lost = ({ origin }: URL): void => this.free(dispatcher, origin)
    const listeners: Listeners = [
      ['drain', drained],
      ['disconnect', lost],
      ['connectionError', lost],
    ]
    this.#listeners.set(dispatcher, listeners)
    const emitter: EventEmitter = dispatcher
    for (const [event, listener] of listeners) emitter.on(event, listener)
    return crowds
  }
}

type Listeners = readonly (readonly [event: string, listener: (origin: URL) => void])[]

class Waiting implements Place {
  readonly #crowd: Crowd
  readonly #begin: () => void

  constructor(crowd: Crowd, begin: () => void) {
    this.#crowd = crowd
    this.#begin = begin
    crowd.add(this)
  }

  get isWaiting(): boolean {
    return this.#crowd.has(this)
  }

  begin(): void {
    if (this.#crowd.delete(this)) this.#begin()
  }

  leave(): void {
    this.#crowd.delete(this)
  }
}

/** Others queue requests, too, and tell nobody when the queue is empty. */
function tellsOfConnections(dispatcher: Dispatcher): boolean {
  return dispatcher instanceof Agent || dispatcher instanceof Pool || dispatcher instanceof Client
}
