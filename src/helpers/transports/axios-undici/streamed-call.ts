import http from 'node:http'
import https from 'node:https'
import type { AxiosError, AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import type { Dispatcher } from 'undici'
import type { AdapterParts } from './adapter-parts.ts'
import type { Dispatchers } from './dispatchers.ts'
import { http2OptionsOf, isHttp2 } from './http2.ts'
import { NativeRequest } from './native-request.ts'
import { optionsOfAgent } from './node-agents.ts'
import { followingRedirects } from './redirect-hooks.ts'
import { rehearse } from './rehearsal.ts'
import type { Route } from './route.ts'
import { requireSendable } from './sendable.ts'
import type { Transport, TransportOptions } from './transport.ts'
import { isTunnel } from './tunnel-agents.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/**
 * Sends a request through axios's own http adapter, over undici's connections: everything that the adapter does with
 * streams, forms, progress, rates and proxies is done by axios itself.
 *
 * @param isRehearsed Whether a body that can be read once is kept whole for another way where undici refuses the request.
 * @throws {UnsupportedOption} for what undici cannot do, before anything is sent; an AxiosError where a redirect asks for it.
 */
export async function streamedCall(
  { api, dispatchers, inFlight }: AdapterParts,
  config: InternalAxiosRequestConfig,
  isRehearsed: boolean,
): Promise<AxiosResponse> {
  // axios refuses HTTP/2 through a proxy, and has only its own transport for the rest of it.
  const overHttp2 = isHttp2(config) && !config.proxy
  if (!overHttp2) refuseNodesProxies(config)
  const ours = overHttp2 ? ({ httpVersion: 1, proxy: false } as const) : {}
  const dispatcherFor = overHttp2 ? overHttp2By(dispatchers, config) : overHttp1By(dispatchers, config)
  if (isRehearsed && isStream(config.data)) await rehearse(api, { ...config, ...ours }, dispatcherFor)

  const isDirect = config.maxRedirects === 0 || overHttp2
  const ways = {
    isTimedFromStart: isDirect && !overHttp2,
    httpVersion: overHttp2 ? '2.0' : '1.1',
    crowds: dispatchers.crowds,
  } as const
  let sent = 0
  let refused: UnsupportedOption | undefined
  const native: Transport = {
    request(options, onResponse) {
      try {
        const request = new NativeRequest(dispatcherFor(options), options, ways, onResponse)
        void inFlight.track(new Promise((resolve) => request.once('close', resolve)))
        sent++
        return request
      } catch (error) {
        if (error instanceof UnsupportedOption && sent === 0) refused = error
        throw error instanceof UnsupportedOption ? error.asAxiosError(api, config) : error
      }
    },
  }
  const transport = isDirect ? native : followingRedirects(api, native, config)
  const asked = new AskedConfig(config, ours, transport)
  try {
    const response = await api.getAdapter('http')(asked.config)
    return Object.assign(response, { config })
  } catch (error) {
    throw refused ?? asked.withCallersConfig(error)
  }
}

/**
 * The config that the http adapter is given. It shows up in errors that come later, of a body that is a stream, so that it
 * differs from the caller's only until the adapter has read what is ours.
 */
class AskedConfig {
  readonly config: InternalAxiosRequestConfig
  readonly #callers: InternalAxiosRequestConfig

  constructor(callers: InternalAxiosRequestConfig, ours: object, { request }: Transport) {
    // With what axios hides in it, and without a prototype where it has none.
    const config = Object.create(Object.getPrototypeOf(callers), Object.getOwnPropertyDescriptors(callers))
    const restore = (): void => {
      for (const name of [...Object.keys(ours), 'transport']) Reflect.deleteProperty(config, name)
      Object.assign(config, callers)
    }
    const transport: Transport = {
      request(...asked) {
        restore()
        return request(...asked)
      },
    }
    this.config = Object.assign(config, ours, { transport })
    this.#callers = callers
  }

  /** An error of the adapter with the config of the caller. What a cancel token was given has none. */
  withCallersConfig(error: unknown): unknown {
    const { config, response } = error as Partial<AxiosError>
    if (config === this.config) Object.assign(error as AxiosError, { config: this.#callers })
    if (response?.config === this.config) response.config = this.#callers
    return error
  }
}

/** @throws {UnsupportedOption} for what undici cannot do, @throws {TypeError} for what Node's client refuses, too. */
type DispatcherFor = (options: TransportOptions) => Dispatcher

function overHttp1By(dispatchers: Dispatchers, { httpsAgent, proxy }: InternalAxiosRequestConfig): DispatcherFor {
  return (options) => {
    const { protocol, agent, socketPath, lookup, family, headers } = options
    requireSendable(options)
    if (agent && isTunnel(agent)) refuseProxyAuthorization(headers)
    const route: Route = {
      protocol,
      agent,
      behindTunnel: httpsAgent,
      isDirect: proxy === false,
      socketPath,
      lookup,
      family,
    }
    return dispatchers.for(route)
  }
}

function overHttp2By(dispatchers: Dispatchers, config: InternalAxiosRequestConfig): DispatcherFor {
  return (options) => {
    const { protocol, lookup } = options
    requireSendable(options)
    return dispatchers.for({ protocol, lookup, http2: http2OptionsOf(config) })
  }
}

/**
 * Agents of Node go through proxies of the environment by themselves when Node is told to (`NODE_USE_ENV_PROXY`), and axios
 * leaves it to them.
 */
function refuseNodesProxies({ proxy, httpAgent, httpsAgent }: InternalAxiosRequestConfig): void {
  if (proxy === false) return
  const agents: readonly http.Agent[] = [httpAgent ?? http.globalAgent, httpsAgent ?? https.globalAgent]
  if (agents.every((agent) => !optionsOfAgent(agent)['proxyEnv'])) return
  throw new UnsupportedOption('NODE_USE_ENV_PROXY', "undici's EnvHttpProxyAgent as the adapter's dispatcher does that")
}

/** Node's client sends such a header through the tunnel to the server at its end. */
function refuseProxyAuthorization(headers: TransportOptions['headers']): void {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'proxy-authorization')
  if (name === undefined) return
  throw new UnsupportedOption(`the header ${name}`, 'undici sends none through a tunnel; credentials are `proxy.auth`')
}

/** As axios knows streams. */
function isStream(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'pipe' in data && typeof data.pipe === 'function'
}
