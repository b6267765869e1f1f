import type { AxiosError, InternalAxiosRequestConfig } from 'axios'
import type { AxiosApi } from './axios-api.ts'

const wayOut = "undiciAdapter({ onUnsupported: 'fallback' }) sends such requests over axios's http adapter"

/** An option that cannot be done on undici. Never ignored: the request fails, or goes over axios's own http adapter. */
export class UnsupportedOption extends Error {
  override readonly name = 'UnsupportedOption'

  /** @param option As its user knows it. @param reason Without a full stop. */
  constructor(option: string, reason: string) {
    super(`${option}: ${reason}`)
  }

  /** What the caller of axios gets: `ERR_NOT_SUPPORT`, with the way out, and with this as its `cause`. */
  asAxiosError({ AxiosError }: AxiosApi, config: InternalAxiosRequestConfig): AxiosError {
    const message = `undiciAdapter does not support ${this.message}. ${wayOut}`
    const error = new AxiosError(message, AxiosError.ERR_NOT_SUPPORT, config)
    return Object.defineProperty(error, 'cause', { value: this, writable: true, configurable: true })
  }
}
