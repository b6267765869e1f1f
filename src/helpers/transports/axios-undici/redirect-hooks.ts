import { createRequire } from 'node:module'
import type { InternalAxiosRequestConfig } from 'axios'
import type { AxiosApi } from './axios-api.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** Of follow-redirects what is used; axios depends on it, so that it is the one that axios itself would use. */
interface FollowRedirects {
  wrap(protocols: Readonly<Record<'http' | 'https', Transport>>): Readonly<Record<'http' | 'https', Transport>>
}

const fromAxios = createRequire(createRequire(import.meta.url).resolve('axios'))
const followRedirects = fromAxios('follow-redirects') as FollowRedirects

/** A transport that follows redirects as axios's http adapter has them followed. */
export function followingRedirects(api: AxiosApi, native: Transport, config: InternalAxiosRequestConfig): Transport {
  const redirecting = followRedirects.wrap({ http: native, https: native })
  return {
    request(options, onResponse) {
      const scheme = options.protocol === 'https:' ? 'https' : 'http'
      return redirecting[scheme].request(withRedirects(api, options, config), onResponse)
    },
  }
}

/** What the http adapter sets for follow-redirects, and leaves out where it is given another transport. */
function withRedirects(api: AxiosApi, options: TransportOptions, config: InternalAxiosRequestConfig): TransportOptions {
  const before = options.beforeRedirects ?? {}
  const sensitive = new Set(sensitiveHeadersOf(api, config))
  if (config.beforeRedirect) before['config'] = config.beforeRedirect
  if (options.auth) before['auth'] = restoringAuth(options)
  if (sensitive.size > 0) before['sensitiveHeaders'] = droppingAcrossOrigins(sensitive)
  return {
    ...options,
    ...(config.maxRedirects ? { maxRedirects: config.maxRedirects } : {}),
    sensitiveHeaders: [...sensitive],
    beforeRedirects: before,
  }
}

/** In lower case. @throws {AxiosError} for anything but names. */
function sensitiveHeadersOf({ AxiosError }: AxiosApi, config: InternalAxiosRequestConfig): readonly string[] {
  const { sensitiveHeaders } = config as { readonly sensitiveHeaders?: unknown }
  if (sensitiveHeaders === undefined || sensitiveHeaders === null) return []
  if (Array.isArray(sensitiveHeaders) && sensitiveHeaders.every((name) => typeof name === 'string')) {
    return sensitiveHeaders.map((name) => name.toLowerCase())
  }
  throw new AxiosError('sensitiveHeaders must be an array of strings', AxiosError.ERR_BAD_OPTION_VALUE, config)
}

/** What follow-redirects hands to a hook: the options of the next hop, with its address. */
interface NextHop extends Omit<TransportOptions, 'auth'> {
  readonly href: string
  readonly headers: Record<string, string | string[]>
  auth?: string
}

/** follow-redirects drops credentials at every redirect; axios gives them back within an origin. */
function restoringAuth(options: TransportOptions) {
  const { auth } = options
  const origin = originOf(addressOf(options))
  return (next: NextHop): void => {
    if (auth !== undefined && origin !== undefined && originOf(next.href) === origin) next.auth = auth
  }
}

function droppingAcrossOrigins(names: ReadonlySet<string>) {
  return (next: NextHop, { url }: { readonly url: string }): void => {
    const from = originOf(url)
    if (from !== undefined && from === originOf(next.href)) return
    for (const name of Object.keys(next.headers)) if (names.has(name.toLowerCase())) delete next.headers[name]
  }
}

/** Of the server that is meant: through a proxy, the path holds the whole address. */
function addressOf({ protocol, hostname = '', port, path }: TransportOptions): string {
  if (/^https?:/.test(path)) return path
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${protocol}//${host}${port ? `:${port}` : ''}`
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined
}
