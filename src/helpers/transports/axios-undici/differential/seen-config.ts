import type { AxiosError, AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import { roundHeader } from './recording-server.ts'

/** What a caller sees of the config that an adapter hands back. */
interface SeenConfig {
  /** Whether it is the very object that axios gave the adapter. */
  readonly isGiven: boolean
  /** Names of all that it has, so that nothing private is among them. */
  readonly names: string
  /** Completed with what the adapter adds. */
  readonly headers: unknown
}

/** @param given What axios gave the adapter; undefined if it did not come so far. */
export function seenConfig(
  found: AxiosError['config'] | AxiosResponse['config'],
  given: InternalAxiosRequestConfig | undefined,
): SeenConfig | undefined {
  if (found === undefined || found === null) return undefined
  const { [roundHeader]: _round, ...headers } = found.headers
  return {
    isGiven: found === given,
    names: Reflect.ownKeys(found).map(String).sort().join(),
    headers,
  }
}
