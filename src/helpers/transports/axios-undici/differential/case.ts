import type { AxiosRequestConfig } from 'axios'
import type { Responder } from './recording-server.ts'

/** One call that both adapters make against the same server. */
export interface DifferentialCase {
  readonly name: string
  /** Makes the config anew for each adapter: bodies and signals can be used once. */
  readonly config: (origin: string) => AxiosRequestConfig
  readonly respond?: Responder
}

/** Of a call to a path of the server. */
export const get =
  (path = '/', more: AxiosRequestConfig = {}) =>
  (origin: string): AxiosRequestConfig => ({ url: origin + path, ...more })

/** Answers with JSON. */
export const json =
  (value: unknown, headers: Record<string, string> = {}): Responder =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
  }
