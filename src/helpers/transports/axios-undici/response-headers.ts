import type { IncomingHttpHeaders } from 'node:http'
import type { AxiosHeaders } from 'axios'
import type { AxiosApi } from './axios-api.ts'
import { isClean } from './header-values.ts'

/**
 * Response headers as axios has them, the same as `new AxiosHeaders(headers)` gives, which looks for every name among those
 * that it has already: here the names are all in lower case, and each is there once.
 *
 * @param headers As Node has them.
 */
export function axiosHeadersOf({ AxiosHeaders }: AxiosApi, headers: IncomingHttpHeaders): AxiosHeaders {
  const result = new AxiosHeaders()
  for (const name in headers) {
    const value = headers[name]
    if (typeof value !== 'string' || !isClean(value)) return new AxiosHeaders(headers as Record<string, string>)
    result[name] = value
  }
  return result
}
