import type { IncomingHttpHeaders } from 'node:http'
import { PassThrough, type Readable, Writable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { asNodesClient } from './as-nodes-client.ts'
import type { Place } from './crowds.ts'
import { asNodeGives, hangUp, isCutShort } from './failures.ts'
import { type HeaderReading, headersAsRead } from './header-reading.ts'
import type { HeaderValue } from './header-values.ts'
import { hostOf, linesOf, type NativeOptions, type NativeWays, originOf } from './native-options.ts'
import { NativeResponse } from './native-response.ts'
import { asNodeHas } from './node-headers.ts'
import { rawLines } from './raw-lines.ts'
import { requireSendableHeaders } from './sendable.ts'
import { SocketStandIn } from './socket-stand-in.ts'
import { whenFree } from './when-free.ts'

/**
 * A request over a dispatcher with the face of `http.ClientRequest`, as far as axios's http adapter and follow-redirects
 * look at it. The body is sent while it is written.
 */
export class NativeRequest extends Writable implements Dispatcher.DispatchHandler, HeaderReading {
  readonly #socket = new SocketStandIn(() => this.#loseConnection())
  /** As with Node's client, null until there is a connection for the request: follow-redirects limits time from then. */
  socket: SocketStandIn | null = null
  /** Where callers of axios find the address that the response came from (`res.responseUrl`). */
  res: NativeResponse | undefined
  readonly #dispatcher: Dispatcher
  readonly #options: NativeOptions
  readonly #headers: Record<string, HeaderValue>
  readonly #ways: NativeWays
  readonly #onResponse: (response: NativeResponse) => void
  #clock: NodeJS.Timeout | undefined
  #body: PassThrough | undefined
  #controller: Dispatcher.DispatchController | undefined
  /** Of the time before its socket, which Node's client gives it when there is a connection for it. */
  #place: Place | undefined
  #hasPlace = false
  #isQueued = false

  constructor(
    dispatcher: Dispatcher,
    options: NativeOptions,
    ways: NativeWays,
    onResponse: (response: NativeResponse) => void,
  ) {
    // Its response comes after everything was written, so that being written is not its end.
    super({ autoDestroy: false })
    this.#dispatcher = dispatcher
    this.#options = options
    this.#headers = linesOf(options)
    this.#ways = ways
    this.#onResponse = onResponse
    process.nextTick(() => this.#takePlace())
  }

  get aborted(): boolean {
    return this.destroyed
  }

  get method(): string {
    return this.#options.method
  }

  get path(): string {
    return this.#options.path
  }

  get host(): string {
    return hostOf(this.#options)
  }

  get protocol(): string {
    return this.#options.protocol
  }

  getHeader(name: string): HeaderValue | undefined {
    return this.getHeaders()[name.toLowerCase()]
  }

  getHeaders(): Record<string, HeaderValue> {
    return headersAsRead(this.#headers, new URL(originOf(this.#options)).host)
  }

  getHeaderNames(): string[] {
    return Object.keys(this.getHeaders())
  }

  hasHeader(name: string): boolean {
    return name.toLowerCase() in this.getHeaders()
  }

  /**
   * Before the first chunk is written; later it has no effect. Streams of Node know by this method that a response has a
   * request, and end the request where a reader leaves the response.
   *
   * @throws {UnsupportedOption} for a header that undici alone refuses.
   */
  setHeader(name: string, value: HeaderValue): this {
    requireSendableHeaders({ [name]: value })
    this.removeHeader(name)
    this.#headers[name] = value
    return this
  }

  removeHeader(name: string): void {
    const unwanted = name.toLowerCase()
    for (const each of Object.keys(this.#headers)) if (each.toLowerCase() === unwanted) delete this.#headers[each]
  }

  /** Of a silent connection, as `http.ClientRequest` has it. */
  setTimeout(milliseconds: number, onTimeout?: () => void): this {
    if (onTimeout) this.once('timeout', onTimeout)
    this.#socket.setTimeout(milliseconds, milliseconds > 0 ? () => this.emit('timeout') : undefined)
    clearTimeout(this.#clock)
    if (this.#ways.isTimedFromStart && milliseconds > 0) {
      this.#clock = setTimeout(() => this.emit('timeout'), milliseconds)
    }
    return this
  }

  abort(): void {
    this.destroy()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.beat()
    if (this.#body === undefined) {
      // Of objects, because undici counts the bytes of other streams that have ended and names a length where Node's client
      // sends chunks.
      this.#body = new PassThrough({ objectMode: true, highWaterMark: 1 })
      this.#body.on('error', () => {})
      this.#send(this.#body)
    }
    // A body that nobody reads any more lets the writer go on, as a socket does.
    if (this.#body.destroyed || this.#body.write(chunk)) done()
    else whenFree(this.#body, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#body === undefined) this.#send(null)
    else this.#body.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.rest()
    clearTimeout(this.#clock)
    this.#body?.destroy()
    this.#leavePlace()
    this.#abort(error ?? hangUp())
    // Without a response there is always an error, as with Node's client, so that nobody waits for ever.
    done(error ?? (this.res === undefined ? hangUp() : null))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#place?.begin()
    if (this.destroyed) controller.abort(hangUp())
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusText = '',
  ): void {
    if (status < 200) return
    this.#socket.beat()
    clearTimeout(this.#clock)
    this.res = new NativeResponse(this, controller, {
      statusCode: status,
      statusMessage: statusText,
      rawHeaders: rawLines(controller, 'rawHeaders', headers),
      headers: asNodeHas(headers),
      httpVersion: this.#ways.httpVersion,
    })
    this.#onResponse(this.res)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#socket.beat()
    if (this.res?.push(chunk) === false) controller.pause()
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders = {}): void {
    this.#socket.rest()
    this.res?.end(trailers)
    this.destroy()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#socket.rest()
    this.#isQueued = false
    const response = this.res
    if (response?.complete) return
    // Of what broke the connection, and of what is no HTTP, the request tells, too.
    const isTold = response === undefined || !(response.destroyed || isCutShort(error))
    this.destroy(isTold ? asNodeGives(error) : undefined)
    response?.lose(error)
  }

  #send(body: Readable | null): void {
    const { path, method } = this.#options
    const request = { origin: originOf(this.#options), path, method, headers: this.#headers, body }
    try {
      this.#takePlace()
      this.#isQueued = true
      this.#ways.crowds.dispatch(this.#dispatcher, { ...request, ...asNodesClient }, this)
    } catch (error) {
      this.destroy(asNodeGives(error as Error))
    }
  }

  /** Before it is dispatched, and at the latest in the next tick, though its body may begin later. */
  #takePlace(): void {
    if (this.#hasPlace || this.destroyed) return
    this.#hasPlace = true
    const begin = (): void => {
      if (this.destroyed) return
      this.socket = this.#socket
      this.emit('socket', this.#socket)
    }
    this.#place = this.#ways.crowds.wait(this.#dispatcher, originOf(this.#options), begin)
    if (this.#place === undefined) process.nextTick(begin)
  }

  #leavePlace(): void {
    if (this.#controller !== undefined) return
    if (this.#place?.isWaiting) this.#place.leave()
    else if (this.#isQueued) this.#ways.crowds.free(this.#dispatcher, originOf(this.#options))
  }

  #abort(reason: Error): void {
    const { res } = this
    if (res === undefined) this.#controller?.abort(reason)
    // Later, as a socket closes, so that whoever destroyed the request may first tell the response why.
    else if (!res.complete) process.nextTick(() => res.complete || this.#controller?.abort(reason))
  }

  #loseConnection(): void {
    const lost = hangUp()
    if (this.res === undefined) this.destroy(lost)
    else this.res.lose(lost)
    this.#controller?.abort(lost)
  }
}
