/**
 * axios over undici: `axios.create({ adapter: undiciAdapter() })` sends over a pool of undici, and keeps what axios does.
 *
 * @module
 */

import { createRequire } from 'node:module'
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import type { AdapterParts } from './adapter-parts.ts'
import { Dispatchers } from './dispatchers.ts'
import { InFlight } from './in-flight.ts'
import { isNodesClientMocked } from './interception.ts'
import { settingsOf, type UndiciAdapterOptions } from './options.ts'
import { plainCall } from './plain-call.ts'
import { plainRequest } from './plain-request.ts'
import { streamedCall } from './streamed-call.ts'
import { UnsupportedOption } from './unsupported-option.ts'
import { requireVersion } from './versions.ts'
import { wayOf } from './way-of.ts'

export type { UndiciAdapterOptions } from './options.ts'

/** An adapter for axios, with the pool behind it. */
export interface UndiciAdapter {
  (config: InternalAxiosRequestConfig): Promise<AxiosResponse>
  /**
   * Ends the adapter's connections once every call has ended, and every body that is a stream has come or was destroyed.
   * Calls made after this fail with an AxiosError, code `ERR_ADAPTER_CLOSED`. Closing again waits for the same end. A given
   * dispatcher stays open.
   */
  close(): Promise<void>
}

const { version: undiciVersion } = createRequire(import.meta.url)('undici/package.json') as { version: string }

/**
 * An adapter that has axios send over undici: `axios.create({ adapter: undiciAdapter() })`. One adapter may serve any
 * number of instances, and holds one pool of connections for all.
 *
 * @throws {TypeError} for an option that is wrong or unknown.
 * @throws {UnsupportedVersionError} with an axios before 1.7 or after 1.x, and with an undici other than 7 and 8.
 */
export function undiciAdapter(options: UndiciAdapterOptions = {}): UndiciAdapter {
  const { axios: api, dispatcher, connections, keepAliveTimeoutMs, onUnsupported, interceptable } = settingsOf(options)
  requireVersion('axios', api.VERSION)
  requireVersion('undici', undiciVersion)
  const dispatchers = new Dispatchers({ connections, keepAliveTimeout: keepAliveTimeoutMs }, dispatcher)
  const inFlight = new InFlight()
  let closing: Promise<void> | undefined

  const parts: AdapterParts = { api, dispatchers, inFlight }

  const overNode = (config: InternalAxiosRequestConfig): Promise<AxiosResponse> => api.getAdapter('http')(config)

  const unlessUnsupported = async (error: unknown, config: InternalAxiosRequestConfig): Promise<AxiosResponse> => {
    if (!(error instanceof UnsupportedOption)) throw error
    if (onUnsupported === 'fallback') return await overNode(config)
    throw error.asAxiosError(api, config)
  }

  // Without `async`, and with one promise a plain call: each more would cost every request.
  const send = (config: InternalAxiosRequestConfig): Promise<AxiosResponse> => {
    try {
      const hop = wayOf(config) === 'plain' ? plainRequest(api, config) : undefined
      if (hop !== undefined) return plainCall(parts, config, hop)
      return inFlight.track(
        streamedCall(parts, config, onUnsupported === 'fallback').catch((error) => unlessUnsupported(error, config)),
      )
    } catch (error) {
      return inFlight.track(unlessUnsupported(error, config))
    }
  }

  const adapter = (config: InternalAxiosRequestConfig): Promise<AxiosResponse> => {
    if (closing !== undefined) {
      return Promise.reject(new api.AxiosError('this undiciAdapter was closed', 'ERR_ADAPTER_CLOSED', config))
    }
    return interceptable && isNodesClientMocked() ? inFlight.track(overNode(config)) : send(config)
  }

  return Object.assign(adapter, {
    close(): Promise<void> {
      closing ??= inFlight.ended().then(() => dispatchers.destroy())
      return closing
    },
  })
}
