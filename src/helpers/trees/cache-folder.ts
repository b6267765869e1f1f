import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'

/**
 * Where installed versions of packages are kept between runs: `WIREGAUGE_CACHE`, else `wiregauge` in `XDG_CACHE_HOME`,
 * else `~/.cache/wiregauge`. All of it can be removed at any time while nothing runs. Like the XDG base directory
 * specification has it, a relative `XDG_CACHE_HOME` and an empty variable count for nothing.
 *
 * @returns An absolute path; a relative `WIREGAUGE_CACHE` is meant from the working folder.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const asked = environment['WIREGAUGE_CACHE']
  if (asked) return path.resolve(asked)
  const shared = environment['XDG_CACHE_HOME']
  if (shared && path.isAbsolute(shared)) return path.join(shared, 'wiregauge')
  return path.join(environment['HOME'] || homedir(), '.cache', 'wiregauge')
}

/**
 * Refuses a cache from which modules in TypeScript could not be loaded: https://nodejs.org/api/typescript.html#type-stripping-in-dependencies
 *
 * @param cache An absolute path; it need not be there yet.
 * @throws {UsageError} for one in `node_modules`.
 */
export function requireLoadable(cache: string): void {
  const places = [cache, existsSync(cache) ? realpathSync(cache) : cache]
  if (!places.some((place) => place.split(path.sep).includes('node_modules'))) return
  throw new UsageError(
    `the cache folder ${cache} lies in node_modules, where Node loads no TypeScript; set WIREGAUGE_CACHE to another folder`,
  )
}
