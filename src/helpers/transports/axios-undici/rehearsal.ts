import type { InternalAxiosRequestConfig } from 'axios'
import type { AxiosApi } from './axios-api.ts'
import type { Transport, TransportOptions } from './transport.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/**
 * Has axios's http adapter make a request up to its sending, without its body, to see whether all of it can be done on
 * undici while a body that can be read once is still whole. Nothing is sent, and the config is left as it was.
 *
 * @param check Of the options that the adapter makes.
 * @throws {UnsupportedOption} of `check`. What else fails would fail again, and is left to the request itself.
 */
export async function rehearse(
  api: AxiosApi,
  config: InternalAxiosRequestConfig,
  check: (options: TransportOptions) => void,
): Promise<void> {
  let refused: UnsupportedOption | undefined
  const transport: Transport = {
    request(options) {
      try {
        check(options)
      } catch (error) {
        if (error instanceof UnsupportedOption) refused = error
      }
      throw new Error('rehearsed')
    },
  }
  const without = { data: undefined, signal: undefined, cancelToken: undefined }
  const asked = { ...config, ...without, headers: new api.AxiosHeaders(config.headers), transport }
  await api
    .getAdapter('http')(asked as unknown as InternalAxiosRequestConfig)
    .catch(() => {})
  if (refused !== undefined) throw refused
}
