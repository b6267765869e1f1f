import type { IncomingHttpHeaders } from 'node:http'
import type { Transform } from 'node:stream'
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import type { Dispatcher } from 'undici'
import type { AxiosApi } from './axios-api.ts'
import { decoderOf, isDecoded } from './decode.ts'
import { aborted, asNodeGives, isCutShort, streamAborted } from './failures.ts'
import { asNodeHas } from './node-headers.ts'
import { type Hop, isRedirect } from './redirect.ts'
import { axiosHeadersOf } from './response-headers.ts'
import { SentRequest, SentResponse } from './sent-request.ts'

/** The call that an exchange is of, and that is told how it goes. */
export interface ExchangeOwner {
  readonly api: AxiosApi
  readonly config: InternalAxiosRequestConfig
  readonly followsRedirects: boolean
  /** There is a connection for the request. */
  begun(): void
  /** Something came from the server. */
  beat(): void
  redirect(hop: Hop, status: number, location: string): void
  succeed(response: AxiosResponse): void
  fail(error: unknown): void
}

/** One request and its response, as undici tells about them. The body is decoded as it comes, and kept whole. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly request: SentRequest
  readonly #owner: ExchangeOwner
  readonly #hop: Hop
  #controller: Dispatcher.DispatchController | undefined
  #abortReason: Error | undefined
  #response: AxiosResponse | undefined
  #encoding = ''
  #decoder: Transform | undefined
  readonly #chunks: Buffer[] = []
  #bytes = 0

  constructor(owner: ExchangeOwner, hop: Hop) {
    this.#owner = owner
    this.#hop = hop
    this.request = new SentRequest(hop)
  }

  /** As far as it came; undefined before its headers. */
  get response(): AxiosResponse | undefined {
    return this.#response
  }

  get origin(): string {
    return this.#hop.url.origin
  }

  /** Whether undici had a connection for it. */
  get isBegun(): boolean {
    return this.#controller !== undefined
  }

  /** Ends it wherever it stands. What it would have told its call is lost. */
  abort(reason: Error): void {
    this.request.destroyed = true
    this.#abortReason = reason
    this.#decoder?.destroy()
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#owner.begun()
    if (this.#abortReason !== undefined) controller.abort(this.#abortReason)
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    parsed: IncomingHttpHeaders,
    statusText = '',
  ): void {
    if (status < 200 || this.#abortReason !== undefined) return
    const { config, api } = this.#owner
    const headers = asNodeHas(parsed)
    if (this.#owner.followsRedirects && isRedirect(status, headers)) {
      // As follow-redirects does, which does not wait for a body that nobody reads.
      this.abort(new Error('redirected'))
      this.#owner.redirect(this.#hop, status, String(headers.location))
      return
    }
    this.#owner.beat()
    const announcedBytes = Number(headers['content-length'] ?? 0)
    this.#encoding = this.#decodedFrom(status, headers)
    const from = this.#owner.followsRedirects ? this.#hop : undefined
    this.request.res = new SentResponse(status, statusText, headers, from)
    this.#response = {
      status,
      statusText,
      headers: axiosHeadersOf(api, headers),
      config,
      request: this.request,
      data: undefined,
    }
    // What is announced is what is sent, and the limit is of what is decoded.
    const isWhole = this.#encoding === '' && !this.#hasNoBody(status)
    if (isWhole && this.#isTooLong(announcedBytes)) this.#failTooLong()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#response === undefined || this.#abortReason !== undefined) return
    this.#owner.beat()
    if (this.#encoding === '') this.#keep(chunk)
    else {
      this.#decoder ??= this.#openDecoder(chunk[0])
      if (this.#decoder.write(chunk)) return
      controller.pause()
      this.#decoder.once('drain', () => controller.resume())
    }
  }

  onResponseEnd(): void {
    if (this.#response === undefined || this.#abortReason !== undefined) return
    if (this.#decoder === undefined) this.#succeed()
    else this.#decoder.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#abortReason !== undefined) return
    if (this.#response !== undefined && isCutShort(error)) this.#owner.fail(this.lost(error))
    else this.#failWith(asNodeGives(error), undefined)
  }

  /** What axios's http adapter fails with when the connection of a response is lost. */
  lost(cause?: Error): Error {
    const { api, config } = this.#owner
    const call = { config, request: this.request, response: this.#response }
    if (this.#encoding === '') return streamAborted(api, call, cause)
    // What decodes tells of its source in the words of that.
    return api.AxiosError.from(aborted(cause), undefined, config, this.request, this.#response)
  }

  #openDecoder(first: number | undefined): Transform {
    const decoder = decoderOf(this.#encoding, first)
    decoder.on('data', (chunk: Buffer) => this.#keep(chunk))
    decoder.once('end', () => this.#succeed())
    decoder.once('error', (error) => this.#failWith(error, this.#response))
    return decoder
  }

  /** A part of the body, decoded. */
  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#isTooLong(this.#bytes)) this.#failTooLong()
  }

  #hasNoBody(status: number): boolean {
    return this.#hop.method === 'HEAD' || status === 204 || status === 304
  }

  /** The coding that is taken off the body, which is then no longer among the headers. */
  #decodedFrom(status: number, headers: IncomingHttpHeaders): string {
    const encoding = headers['content-encoding']
    if (!encoding || this.#owner.config.decompress === false) return ''
    const hasNone = this.#hop.method === 'HEAD' || status === 204
    if (!hasNone && !isDecoded(encoding)) return ''
    delete headers['content-encoding']
    return hasNone ? '' : encoding
  }

  #succeed(): void {
    const response = this.#response
    if (response === undefined || this.#abortReason !== undefined) return
    const [first] = this.#chunks
    const body = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#bytes)
    const { responseType, responseEncoding } = this.#owner.config
    if (responseType === 'arraybuffer') response.data = body
    else {
      try {
        const text = body.toString(responseEncoding as BufferEncoding | undefined)
        const isUtf8 = !responseEncoding || responseEncoding === 'utf8'
        response.data = isUtf8 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
      } catch (error) {
        this.#failWith(error as Error, response)
        return
      }
    }
    this.#owner.succeed(response)
  }

  #failWith(error: Error, response: AxiosResponse | undefined): void {
    const { api, config } = this.#owner
    this.#owner.fail(api.AxiosError.from(error, undefined, config, this.request, response))
  }

  #isTooLong(bytes: number): boolean {
    const { maxContentLength = -1 } = this.#owner.config
    return maxContentLength > -1 && bytes > maxContentLength
  }

  #failTooLong(): void {
    const { api, config } = this.#owner
    const message = `maxContentLength size of ${config.maxContentLength} exceeded`
    this.#owner.fail(new api.AxiosError(message, api.AxiosError.ERR_BAD_RESPONSE, config, this.request))
  }
}
