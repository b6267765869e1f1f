import type { InternalAxiosRequestConfig } from 'axios'
import { type OptionOf, optionsOf } from './config-options.ts'
import { isHttp2 } from './http2.ts'
import { isPlainBody } from './plain-request.ts'
import { UnsupportedOption } from './unsupported-option.ts'

/**
 * Which way a request takes. `plain`: what is sent and read as a whole goes straight to undici. `streamed`: everything else
 * goes through axios's own http adapter, which gets undici's connections in the place of Node's.
 */
export type Way = 'plain' | 'streamed'

const streamedOptions = optionsOf('streamed')
const unsupportedOptions = optionsOf('unsupported')

/** Why an option cannot be done on undici. */
const reasons: Readonly<Record<OptionOf<'unsupported'>, string>> = {
  transport: 'it would take the place of undici',
  insecureHTTPParser: "undici's parser has no lenient mode",
}

/**
 * The way of a request.
 *
 * @throws {UnsupportedOption} for an option that cannot be done on undici.
 */
export function wayOf(config: InternalAxiosRequestConfig): Way {
  const asked = (option: string): unknown => Reflect.get(config, option)
  for (const option of unsupportedOptions) {
    if (asked(option)) throw new UnsupportedOption(option, reasons[option])
  }
  // Versions that do not exist are axios's to refuse.
  const httpVersion = asked('httpVersion') ?? 1
  if (httpVersion !== 1 && httpVersion !== 2) return 'streamed'
  if (!isPlainBody(config.data) || config.responseType === 'stream') return 'streamed'
  for (const option of streamedOptions) if (asked(option)) return 'streamed'
  return config.proxy !== false && !isHttp2(config) && environmentNamesProxy() ? 'streamed' : 'plain'
}

/** Names of variables that the package proxy-from-env reads, which axios asks for every request. */
const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])

function environmentNamesProxy(): boolean {
  return proxyVariables.some((name) => process.env[name])
}
