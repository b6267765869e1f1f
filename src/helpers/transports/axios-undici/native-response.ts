import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { aborted } from './failures.ts'
import type { NativeRequest } from './native-request.ts'
import { asNodeHas } from './node-headers.ts'
import { rawLines } from './raw-lines.ts'

/** What came before a body. */
export interface ResponseHead {
  readonly statusCode: number
  readonly statusMessage: string
  /** As Node has them. */
  readonly headers: IncomingHttpHeaders
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[]
  /** `2.0` over HTTP/2, else `1.1`: undici does not tell what the server said. */
  readonly httpVersion: string
}

/** A response with the face of `http.IncomingMessage`. */
export class NativeResponse extends Readable implements ResponseHead {
  readonly req: NativeRequest
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly httpVersion: string
  /** Whether everything has come, read or not. */
  complete = false
  /** Whether it ended before it had come and was read. */
  aborted = false
  /** Empty until the body has come. */
  trailers: IncomingHttpHeaders = {}
  rawTrailers: readonly string[] = []
  readonly #controller: Dispatcher.DispatchController

  constructor(req: NativeRequest, controller: Dispatcher.DispatchController, head: ResponseHead) {
    super()
    this.req = req
    this.#controller = controller
    this.statusCode = head.statusCode
    this.statusMessage = head.statusMessage
    this.headers = head.headers
    this.rawHeaders = head.rawHeaders
    this.httpVersion = head.httpVersion
  }

  end(trailers: IncomingHttpHeaders): void {
    this.complete = true
    this.rawTrailers = rawLines(this.#controller, 'rawTrailers', trailers)
    this.trailers = asNodeHas(trailers)
    this.push(null)
  }

  /** The connection ended before the body. */
  lose(cause: Error): void {
    if (!this.complete) this.destroy(aborted(cause))
  }

  override _read(): void {
    this.#controller.resume()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true
      this.emit('aborted')
    }
    if (!this.complete) this.#controller.abort(error ?? aborted())
    // As Node has it: what nobody listens for ends no process, and whoever destroys it has time to listen.
    process.nextTick(() => done(this.listenerCount('error') > 0 ? error : null))
  }
}
