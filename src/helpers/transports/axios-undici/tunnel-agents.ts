import type http from 'node:http'
import { type ConnectOptions, connectOptionsOf } from './node-agents.ts'

/** An `HttpsProxyAgent` of the package https-proxy-agent: version 5, which axios makes, or 7, which others use. */
export type TunnelAgent = http.Agent & (TunnelAgent5 | TunnelAgent7)

type Options = Readonly<Record<string, unknown>>

interface TunnelAgent5 {
  readonly secureProxy: boolean
  readonly proxy: Options & {
    readonly host?: string
    readonly port?: number | string
    readonly auth?: string
    readonly headers?: Readonly<Record<string, string>>
  }
}

interface TunnelAgent7 {
  readonly proxy: URL
  readonly connectOpts: Options
  readonly proxyHeaders: Readonly<Record<string, string>> | (() => unknown)
}

/** What a tunnel goes through, whichever version it is of. */
export interface Tunnel {
  readonly uri: string
  /** `user:password`. */
  readonly auth: string | undefined
  /** Sent to the proxy with CONNECT; made anew for each where it is a function. */
  readonly headers: Readonly<Record<string, string>> | (() => unknown)
  /** How the connection to the proxy is made. */
  readonly connect: ConnectOptions
}

export function isTunnel(agent: unknown): agent is TunnelAgent {
  return typeof agent === 'object' && agent !== null && (isTunnel5(agent) || isTunnel7(agent))
}

/** Whether axios made it, and hands the TLS options of the caller's agent to the server at its end. */
export function isOfAxios(agent: object): boolean {
  return Object.getOwnPropertySymbols(agent).some(({ description }) => description === 'axios.http.installedTunnel')
}

export function tunnelOf(agent: TunnelAgent): Tunnel {
  return 'connectOpts' in agent ? tunnelOf7(agent) : tunnelOf5(agent)
}

/** The proxies for plain requests of the same authors look the same, but for the name of their class. */
function isTunnel5(agent: object): boolean {
  if (!('secureProxy' in agent && 'proxy' in agent && 'callback' in agent)) return false
  if (isOfAxios(agent)) return true
  const connecting = ownerOf(agent, 'callback') ?? agent
  return Object.hasOwn(connecting, 'constructor') && connecting.constructor.name === 'HttpsProxyAgent'
}

/** By its fields, because bundlers change names, and with a `connect` that no class derived from it has replaced. */
function isTunnel7(agent: object): boolean {
  if (!('connectOpts' in agent && 'proxyHeaders' in agent && 'proxy' in agent)) return false
  // Its sister for plain requests has this one.
  if ('setRequestProps' in agent || !(agent.proxy instanceof URL)) return false
  const connecting = ownerOf(agent, 'connect')
  return connecting !== undefined && Object.getPrototypeOf(connecting) === ownerOf(agent, 'createSocket')
}

/** Where in its chain of prototypes an object has a property. */
function ownerOf(object: object, name: string): object | undefined {
  for (let each: object | null = object; each !== null; each = Object.getPrototypeOf(each)) {
    if (Object.hasOwn(each, name)) return each
  }
  return undefined
}

/** What a tunnel keeps about where its proxy is, beside how it is connected to; much of it comes from `url.parse`. */
const addressing: ReadonlySet<string> = new Set([
  ...['protocol', 'hostname', 'host', 'port', 'auth', 'headers', 'secureProxy', 'ALPNProtocols'],
  ...['href', 'slashes', 'search', 'query', 'hash', 'pathname', 'defaultPort', 'proxyEnv'],
])

function connectOf(options: Options): ConnectOptions {
  return connectOptionsOf(Object.fromEntries(Object.entries(options).filter(([name]) => !addressing.has(name))))
}

function tunnelOf5({ secureProxy, proxy }: TunnelAgent5): Tunnel {
  const { host = '', port, auth, headers = {} } = proxy
  return { uri: uriOf(secureProxy, host, port), auth, headers, connect: connectOf(proxy) }
}

function tunnelOf7({ proxy, connectOpts, proxyHeaders }: TunnelAgent7): Tunnel {
  const { protocol, hostname, port, username, password } = proxy
  return {
    uri: uriOf(protocol === 'https:', hostname, port),
    auth: username || password ? `${decodeURIComponent(username)}:${decodeURIComponent(password)}` : undefined,
    headers: proxyHeaders,
    connect: connectOf(connectOpts),
  }
}

function uriOf(isSecure: boolean, host: string, port: number | string = ''): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${isSecure ? 'https' : 'http'}://${bracketed}:${port}`
}
