import { inspect } from 'node:util'
import defaultAxios from 'axios'
import type { Dispatcher } from 'undici'
import type { AxiosApi } from './axios-api.ts'

/** How an adapter is made. */
export interface UndiciAdapterOptions {
  /** Most connections to an origin, 1 or more. Default 100; with a given dispatcher, that one's own. */
  readonly connections?: number | undefined
  /** How long an idle connection is kept, in milliseconds, where the server says nothing else. Default 4,000, as in undici. */
  readonly keepAliveTimeoutMs?: number | undefined
  /** A dispatcher of the caller's own, which this adapter never closes. */
  readonly dispatcher?: Dispatcher | undefined
  /**
   * What becomes of a request with an option that cannot be done on undici: `error` (the default) fails it with an
   * AxiosError that names the option, `fallback` sends it over axios's own http adapter.
   */
  readonly onUnsupported?: 'error' | 'fallback' | undefined
  /**
   * Whether requests go over axios's own http adapter while a mock is active that sees Node's client and not undici (msw).
   * Default false.
   */
  readonly interceptable?: boolean | undefined
  /** The axios of the caller, where it is not the one that modules import: `require('axios')`. */
  readonly axios?: AxiosApi | undefined
}

/** Options with their defaults. */
export interface Settings {
  readonly connections: number
  readonly keepAliveTimeoutMs: number
  readonly dispatcher: Dispatcher | undefined
  readonly onUnsupported: 'error' | 'fallback'
  readonly interceptable: boolean
  readonly axios: AxiosApi
}

/** Enough for a service that calls a few others, and little enough to spare them. */
const connectionsByDefault = 100

/** undici's own, in milliseconds: below the 5 s after which Node's servers close an idle connection. */
const keepAliveTimeoutByDefaultMs = 4_000

const expected: Readonly<Record<keyof Settings, readonly [what: string, holds: (value: unknown) => boolean]>> = {
  connections: ['a whole number above 0', (value) => Number.isInteger(value) && Number(value) > 0],
  keepAliveTimeoutMs: ['a number of milliseconds above 0', (value) => Number.isFinite(value) && Number(value) > 0],
  dispatcher: ['a dispatcher of undici', (value) => value === undefined || hasMethod(value, 'dispatch')],
  onUnsupported: ["'error' or 'fallback'", (value) => value === 'error' || value === 'fallback'],
  interceptable: ['true or false', (value) => typeof value === 'boolean'],
  axios: ['what `require("axios")` gives', (value) => hasMethod(value, 'getAdapter')],
}

/**
 * The options of an adapter, checked: a wrong one would show in the requests, each time and far from here.
 *
 * @throws {TypeError} that says which is wrong, and what was expected.
 */
export function settingsOf(options: UndiciAdapterOptions): Settings {
  const settings: Settings = {
    connections: options.connections ?? connectionsByDefault,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? keepAliveTimeoutByDefaultMs,
    dispatcher: options.dispatcher,
    onUnsupported: options.onUnsupported ?? 'error',
    interceptable: options.interceptable ?? false,
    axios: options.axios ?? defaultAxios,
  }
  const names = Object.keys(expected) as (keyof Settings)[]
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(expected, name))
  if (unknown !== undefined) {
    throw new TypeError(`undiciAdapter has no option ${JSON.stringify(unknown)}; expected one of ${names.join(', ')}`)
  }
  for (const name of names) {
    const [what, holds] = expected[name]
    if (!holds(settings[name]))
      throw new TypeError(`undiciAdapter got ${name}: ${inspect(settings[name], { depth: 0 })}; expected ${what}`)
  }
  return settings
}

function hasMethod(value: unknown, name: string): boolean {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject && typeof Reflect.get(value, name) === 'function'
}
