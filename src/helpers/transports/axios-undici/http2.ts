import type { InternalAxiosRequestConfig } from 'axios'

/** What axios's http adapter hands to `http2.connect`, and how long it keeps a session without streams, in milliseconds. */
export type Http2Options = Readonly<Record<string, unknown>> & { readonly sessionTimeout?: number }

/** Whether a request is to go over HTTP/2, where axios follows no redirects and takes no proxy of the environment. */
export function isHttp2({ httpVersion }: InternalAxiosRequestConfig): boolean {
  return Number(httpVersion) === 2
}

/** The options of its session; none where nothing is set. */
export function http2OptionsOf({ http2Options }: InternalAxiosRequestConfig): Http2Options {
  return http2Options ?? {}
}
