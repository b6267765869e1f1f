import type { NativeOptions } from './native-options.ts'
import type { NativeResponse } from './native-response.ts'
import type { Route } from './route.ts'

/** What axios's http adapter asks of `config.transport`, and follow-redirects of a protocol. */
export interface Transport {
  request(options: TransportOptions, onResponse: (response: NativeResponse) => void): unknown
}

/** Options of a request as axios's http adapter makes them, and as follow-redirects changes them for each hop. */
export interface TransportOptions extends NativeOptions, Pick<Route, 'agent' | 'socketPath' | 'lookup' | 'family'> {
  readonly maxRedirects?: number
  readonly sensitiveHeaders?: readonly string[]
  readonly beforeRedirects?: Record<string, unknown>
}
