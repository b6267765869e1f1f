import type { AxiosError, AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import type { Dispatcher } from 'undici'
import type { AdapterParts } from './adapter-parts.ts'
import { asNodesClient } from './as-nodes-client.ts'
import type { AxiosApi } from './axios-api.ts'
import type { Place } from './crowds.ts'
import type { Dispatchers } from './dispatchers.ts'
import { Exchange, type ExchangeOwner } from './exchange.ts'
import { http2OptionsOf, isHttp2 } from './http2.ts'
import { type Hop, nextHop, redirectFailed, tooManyRedirects } from './redirect.ts'
import { SentRequest } from './sent-request.ts'
import { UnsupportedOption } from './unsupported-option.ts'

const nothing = (): void => {}

/** What follow-redirects takes where nothing is set. */
const redirectsByDefault = 21

/**
 * Sends a request whose body is at hand, follows its redirects, and resolves with the whole response.
 *
 * @throws {UnsupportedOption} at once for an agent that undici cannot do; rejects with an AxiosError where a redirect asks for
 *   it.
 */
export function plainCall(parts: AdapterParts, config: InternalAxiosRequestConfig, hop: Hop): Promise<AxiosResponse> {
  const dispatcher = dispatcherFor(parts.dispatchers, config, hop)
  return new Promise((resolve, reject) => {
    new PlainCall(parts, config, resolve, reject).begin(hop, dispatcher)
  })
}

/** A call from its first request to its end: redirects, time limit, cancellation. It ends once, whatever comes after. */
class PlainCall implements ExchangeOwner {
  readonly api: AxiosApi
  readonly config: InternalAxiosRequestConfig
  readonly followsRedirects: boolean
  readonly #parts: AdapterParts
  readonly #resolve: (response: AxiosResponse) => void
  readonly #reject: (error: unknown) => void
  #redirects = 0
  #exchange: Exchange | undefined
  #timer: NodeJS.Timeout | undefined
  #place: Place | undefined
  #dispatcher: Dispatcher | undefined
  #cancel: ((reason?: unknown) => void) | undefined
  #done = false

  constructor(
    parts: AdapterParts,
    config: InternalAxiosRequestConfig,
    resolve: (response: AxiosResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.api = parts.api
    this.config = config
    this.followsRedirects = config.maxRedirects !== 0 && !isHttp2(config)
    this.#parts = parts
    this.#resolve = resolve
    this.#reject = reject
  }

  begin(hop: Hop, dispatcher: Dispatcher): void {
    const { timeout, cancelToken, signal } = this.config
    this.#parts.inFlight.begin()
    if (cancelToken || signal) this.#listenForCancel()
    if (timeout && !this.#done) this.#limitTime(timeout, hop, dispatcher)
    this.#send(hop, dispatcher)
  }

  #send(hop: Hop, dispatcher: Dispatcher): void {
    if (this.#done) return
    const exchange = new Exchange(this, hop)
    this.#exchange = exchange
    this.#dispatcher = dispatcher
    const { url, path, method, headers, body = null } = hop
    const { origin } = url
    // Also where nothing limits its time: whoever has no place is taken for one that holds a connection.
    this.#place ??= this.#parts.dispatchers.crowds.wait(dispatcher, origin, nothing)
    try {
      this.#parts.dispatchers.crowds.dispatch(
        dispatcher,
        { ...asNodesClient, origin, path, method, headers, body },
        exchange,
      )
    } catch (error) {
      this.fail(error)
    }
  }

  redirect(hop: Hop, status: number, location: string): void {
    // The next request is queued anew, perhaps for another server.
    this.#place = undefined
    if (++this.#redirects > (this.config.maxRedirects || redirectsByDefault)) {
      this.#failOver(tooManyRedirects())
      return
    }
    let next: Hop
    try {
      next = nextHop(hop, status, location)
    } catch (error) {
      this.#failOver(redirectFailed(error as Error))
      return
    }
    try {
      this.#send(next, dispatcherFor(this.#parts.dispatchers, this.config, next))
    } catch (error) {
      if (error instanceof UnsupportedOption) this.fail(error.asAxiosError(this.api, this.config))
      else this.#failOver(redirectFailed(error as Error))
    }
  }

  /** undici has a connection for the request. */
  begun(): void {
    this.#place?.begin()
  }

  /** While the body comes, time counts from its last chunk. */
  beat(): void {
    this.#timer?.refresh()
  }

  succeed(response: AxiosResponse): void {
    if (this.#done) return
    const { validateStatus } = this.config
    let isGood: boolean
    try {
      isGood = !response.status || !validateStatus || validateStatus(response.status)
    } catch (error) {
      this.fail(error)
      return
    }
    // The caller's function may have given the call up.
    if (!this.#end()) return
    if (isGood) this.#resolve(response)
    else this.#reject(badStatus(this.api, response))
  }

  fail(error: unknown): void {
    if (!this.#end()) return
    this.#reject(error)
    this.#exchange?.abort(error as Error)
  }

  /** Fails from this side, perhaps before there was a connection. */
  #giveUp(error: unknown): void {
    const exchange = this.#exchange
    if (!this.#done && exchange?.isBegun === false && !this.#place?.isWaiting && this.#dispatcher) {
      this.#parts.dispatchers.crowds.free(this.#dispatcher, exchange.origin)
    }
    this.fail(error)
  }

  #failOver(error: Error): void {
    this.fail(this.api.AxiosError.from(error, undefined, this.config, this.#exchange?.request))
  }

  /** @returns Whether the call had not ended before. */
  #end(): boolean {
    if (this.#done) return false
    this.#done = true
    this.#parts.inFlight.end()
    if (this.#timer) clearTimeout(this.#timer)
    this.#place?.leave()
    if (this.#cancel) {
      this.config.cancelToken?.unsubscribe?.(this.#cancel)
      this.config.signal?.removeEventListener?.('abort', this.#cancel)
    }
    return true
  }

  #listenForCancel(): void {
    const { cancelToken, signal } = this.config
    const cancel = (reason?: unknown): void => {
      // A signal gives an event, which has a type; a token its own error, which another copy of axios may have made.
      const byToken = reason instanceof Error ? reason : undefined
      this.#giveUp(byToken ?? new this.api.CanceledError(undefined, this.config, this.#exchange?.request))
    }
    this.#cancel = cancel
    try {
      cancelToken?.subscribe?.(cancel)
      if (signal?.aborted) cancel()
      else signal?.addEventListener?.('abort', cancel)
    } catch (error) {
      this.fail(error)
    }
  }

  #limitTime(timeout: number, hop: Hop, dispatcher: Dispatcher): void {
    const { AxiosError } = this.api
    const milliseconds = Number.parseInt(String(timeout), 10)
    if (Number.isNaN(milliseconds)) {
      const message = 'error trying to parse `config.timeout` to int'
      this.fail(new AxiosError(message, AxiosError.ERR_BAD_OPTION_VALUE, this.config, new SentRequest(hop)))
    } else if (milliseconds > 0 || (milliseconds === 0 && this.followsRedirects)) {
      // follow-redirects takes a part of a millisecond for none; Node's client for no limit.
      const { crowds } = this.#parts.dispatchers
      const { origin } = hop.url
      if (!this.followsRedirects || !crowds.isCrowded(dispatcher, origin)) this.#startTimer(milliseconds)
      else this.#place = crowds.wait(dispatcher, origin, () => this.#startTimer(milliseconds))
    }
  }

  #startTimer(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#giveUp(this.#timeoutError()), milliseconds)
  }

  #timeoutError(): Error {
    const exchange = this.#exchange
    // With redirects axios limits the time of a body by its socket, and says no more than that it was lost.
    if (exchange?.response !== undefined && this.followsRedirects) return exchange.lost()
    const { AxiosError } = this.api
    const { timeout, timeoutErrorMessage, transitional } = this.config
    const code = transitional?.clarifyTimeoutError ? AxiosError.ETIMEDOUT : AxiosError.ECONNABORTED
    const message = timeoutErrorMessage || `timeout of ${timeout}ms exceeded`
    return new AxiosError(message, code, this.config, exchange?.request)
  }
}

function dispatcherFor(dispatchers: Dispatchers, config: InternalAxiosRequestConfig, { url }: Hop): Dispatcher {
  const { protocol } = url
  if (isHttp2(config)) return dispatchers.for({ protocol, http2: http2OptionsOf(config) })
  return dispatchers.forPlain(protocol, config)
}

function badStatus({ AxiosError }: AxiosApi, response: AxiosResponse): AxiosError {
  const { status, config, request } = response
  const code = status >= 400 && status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE
  return new AxiosError(`Request failed with status code ${status}`, code, config, request, response)
}
