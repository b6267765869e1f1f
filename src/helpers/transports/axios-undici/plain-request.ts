import type { InternalAxiosRequestConfig } from 'axios'
import buildFullPath from 'axios/unsafe/core/buildFullPath.js'
import buildURL from 'axios/unsafe/helpers/buildURL.js'
import type { AxiosApi } from './axios-api.ts'
import { basic } from './basic.ts'
import type { Hop } from './redirect.ts'
import { type AddedHeaders, completeHeaders, normalizedLines, readyLines } from './request-headers.ts'
import { requireSendableLine } from './sendable.ts'

/** As axios's http adapter advertises; zstd only where it is asked for. */
const acceptEncoding = 'gzip, compress, deflate, br'

/**
 * The first request of a call: address, headers and body as axios's http adapter builds them. As there, headers are
 * completed in place, so that `response.config.headers` holds what was sent.
 *
 * @param config With a body that is text, bytes, or none.
 * @returns Undefined for an address other than of HTTP.
 * @throws {AxiosError} for a body over its limit and parameters that cannot be serialised; a `TypeError` for what is no URL.
 * @throws {UnsupportedOption} for a header that undici alone refuses.
 */
export function plainRequest(api: AxiosApi, config: InternalAxiosRequestConfig): Hop | undefined {
  const url = new URL(buildFullPath(config.baseURL, config.url, config.allowAbsoluteUrls, config))
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const body = bodyOf(config)
  const credentials = credentialsOf(config, url)
  const added: AddedHeaders = {
    userAgent: `axios/${api.VERSION}`,
    contentLength: body?.length,
    acceptEncoding: acceptEncodingOf(config),
  }
  const given = api.AxiosHeaders.from(config.headers)
  let path: string
  try {
    requireWithinLimit(api, config, body)
    path = pathOf(api, url, config)
  } catch (error) {
    // As there: this one is added last.
    completeHeaders(given, { ...added, acceptEncoding: undefined }, false)
    throw error
  }
  const ready = credentials === undefined ? readyLines(given, added) : undefined
  const headers = ready ?? normalizedLines(given, added, credentials !== undefined)
  const method = (config.method ?? 'get').toUpperCase()
  requireSendableLine(method, path)
  const hop = { url, path, method, headers, body }
  if (credentials === undefined) return hop
  const meant = { origin: url.origin, userAndPassword: credentials }
  headers['Authorization'] = basic(credentials)
  return { ...hop, credentials: meant }
}

/** Whether a body can be sent as it is, without streaming it. */
export function isPlainBody(data: unknown): data is string | Buffer | ArrayBuffer | null | undefined {
  return !data || typeof data === 'string' || Buffer.isBuffer(data) || data instanceof ArrayBuffer
}

function bodyOf({ data }: InternalAxiosRequestConfig): Buffer | undefined {
  if (!isPlainBody(data) || !data) return undefined
  if (typeof data === 'string') return Buffer.from(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

function requireWithinLimit(
  { AxiosError }: AxiosApi,
  config: InternalAxiosRequestConfig,
  body: Buffer | undefined,
): void {
  const { maxBodyLength = -1 } = config
  if (maxBodyLength < 0 || body === undefined || body.length <= maxBodyLength) return
  throw new AxiosError('Request body larger than maxBodyLength limit', AxiosError.ERR_BAD_REQUEST, config)
}

/** `user:password`, from the config or else from the address; undefined without either. */
function credentialsOf({ auth }: InternalAxiosRequestConfig, url: URL): string | undefined {
  if (auth) return `${ownText(auth, 'username')}:${ownText(auth, 'password')}`
  if (!url.username && !url.password) return undefined
  return `${decoded(url.username)}:${decoded(url.password)}`
}

/** Own only, as axios reads them: what a prototype was polluted with is sent nowhere. */
function ownText<Key extends string>(of: Readonly<Record<Key, string>>, key: Key): string {
  return Object.hasOwn(of, key) ? of[key] || '' : ''
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function pathOf({ AxiosError }: AxiosApi, { pathname, search }: URL, config: InternalAxiosRequestConfig): string {
  if (!config.params) return pathname + search
  try {
    return buildURL(pathname + search, config.params, config.paramsSerializer)
  } catch (error) {
    throw AxiosError.from(error as Error, AxiosError.ERR_BAD_REQUEST, config)
  }
}

function acceptEncodingOf({ transitional }: InternalAxiosRequestConfig): string {
  const asks: { advertiseZstdAcceptEncoding?: boolean } = transitional ?? {}
  return asks.advertiseZstdAcceptEncoding === true ? `${acceptEncoding}, zstd` : acceptEncoding
}
