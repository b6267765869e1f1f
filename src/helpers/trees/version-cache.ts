import { mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { keepAnswer, keptAnswer } from './asked-index.ts'
import { cacheEntry, publish } from './cache-entry.ts'
import { takeInventory } from './half-installed.ts'
import type { NpmRun, NpmSettings } from './npm.ts'
import { DiskFullError, RegistryUnreachableError } from './npm-error.ts'
import { installTree, resolveTree } from './npm-tree.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { type AskedPackages, describePackages, type VersionLock } from './version-lock.ts'

/** Packages in chosen versions, installed with all that they need. It belongs to the cache: never write into it. */
export interface VersionTree {
  /** The folder that holds `node_modules`. */
  readonly root: string
  /** Exact versions of the packages that were asked for. */
  readonly versions: Readonly<Record<string, string>>
  /** SHA-256 of the tree's lock, in hexadecimal: versions and integrity of every package in it. */
  readonly lockDigest: string
}

export interface VersionCacheOptions {
  /** Folder of the cache, see {@link import('./cache-folder.ts').cacheFolder}; made when absent. */
  readonly cache: string
  /** Told before something is installed, and when what is used may be out of date. */
  readonly say: (message: string) => void
  /** Gives up; npm is ended and nothing is left behind. */
  readonly signal: AbortSignal
  readonly npm?: NpmSettings
}

/** One call: what was asked for, and where. */
interface Request {
  readonly packages: AskedPackages
  /** In words. */
  readonly asked: string
  readonly cache: string
  readonly options: VersionCacheOptions
}

/**
 * Opens a folder with packages in the versions asked for, which npm resolves and installs, without install scripts, when
 * the cache does not hold that tree or holds it half. Any number of processes may do so at once. With the registry out of
 * reach, what the same question was answered with last time is used.
 *
 * @param packages Exact versions, ranges or dist-tags by package name.
 * @throws {UsageError} for a version, package or cache folder that is wrong.
 * @throws one of the errors of npm-error.ts; the cache is whole all the same.
 */
export async function openVersionTree(packages: AskedPackages, options: VersionCacheOptions): Promise<VersionTree> {
  const asked = describePackages(packages)
  try {
    mkdirSync(options.cache, { recursive: true })
    // Modules are known by their real paths.
    const request = { packages, asked, cache: realpathSync(options.cache), options }
    return await settle(request, await resolve(request))
  } catch (error) {
    throw ofTheDisk(error, asked, options.cache)
  }
}

/** What the question comes to today, or came to when the registry was last asked. */
async function resolve({ packages, asked, cache, options }: Request): Promise<VersionLock> {
  using temporary = temporaryFolder(temporaryIn(cache))
  const { folder } = temporary
  const kept = keptAnswer(cache, packages)
  // Out of reach it takes npm more than a minute to say so; with an answer to fall back on, a few seconds.
  if (kept === undefined) options.say(`asking the registry for ${asked}`)
  try {
    const lock = await resolveTree(packages, kept === undefined, runIn(folder, asked, options))
    keepAnswer(cache, packages, lock, folder)
    return lock
  } catch (error) {
    if (!(error instanceof RegistryUnreachableError) || kept === undefined) throw error
    options.say(
      `the registry cannot be reached (${error.reason}); ${asked} is taken for what it was on ` +
        `${kept.date.toISOString().slice(0, 10)}: ${describePackages(kept.lock.versions)}`,
    )
    return kept.lock
  }
}

/** The entry of a lock, installed first where it is absent or damaged. */
async function settle({ cache, options }: Request, lock: VersionLock): Promise<VersionTree> {
  const { versions, digest: lockDigest } = lock
  const entry = cacheEntry(cache, lockDigest)
  if (entry.state !== 'whole') {
    const asked = describePackages(versions)
    const why = entry.state === 'damaged' ? ` anew, for in the cache ${entry.damage}` : ''
    options.say(`installing ${asked}${why}`)
    using temporary = temporaryFolder(temporaryIn(cache))
    const fresh = path.join(temporary.folder, 'fresh')
    mkdirSync(fresh)
    await installTree(lock, runIn(fresh, asked, options))
    takeInventory(fresh)
    publish(fresh, entry.root, temporary.folder)
  }
  return { root: entry.root, versions, lockDigest }
}

function runIn(folder: string, asked: string, { signal, npm }: VersionCacheOptions): NpmRun {
  return { folder, asked, signal, npm }
}

/** Beside the entries, so that a tree is put in place by renaming it. */
function temporaryIn(cache: string): string {
  return path.join(cache, 'temporary')
}

/** Says of our own reading and writing what {@link import('./npm-failure.ts').npmFailure} says of npm's. */
export function ofTheDisk(error: unknown, asked: string, cache: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(asked, cache, { cause: error })
  if (!['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'].includes(code)) return error
  return new UsageError(
    `${cache} cannot be used as cache for installed versions: ${message}. Make it writable, or set WIREGAUGE_CACHE to ` +
      'another folder.',
    { cause: error },
  )
}
