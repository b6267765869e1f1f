import { lstatSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { damageOf } from './half-installed.ts'

/** A tree's place in the cache, and what is there. */
export type CacheEntry = { readonly root: string } & (
  | { readonly state: 'absent' }
  | { readonly state: 'whole' }
  | {
      readonly state: 'damaged'
      /** In words. */
      readonly damage: string
    }
)

/** Enough of a digest to be unique, and short enough for the paths of Windows. */
const digestCharacters = 32

/** Others may put back what this process has moved away; after so many times something else is wrong. */
const attempts = 10

/**
 * The entry of a lock. Platform and processor are part of its name, for optional packages depend on them, and caches are
 * shared with containers.
 */
export function cacheEntry(cache: string, lockDigest: string): CacheEntry {
  const name = `${lockDigest.slice(0, digestCharacters)}-${process.platform}-${process.arch}`
  const root = path.join(cache, 'trees', name)
  if (!isThere(root)) return { root, state: 'absent' }
  const damage = damageOf(root)
  return damage === undefined ? { root, state: 'whole' } : { root, state: 'damaged', damage }
}

/**
 * Puts a freshly installed tree in its place, at once and whole. Where another process was faster, its tree stays; a
 * damaged one makes room.
 *
 * @param temporary A folder on the same disk, which is removed afterwards.
 */
export function publish(fresh: string, root: string, temporary: string): void {
  mkdirSync(path.dirname(root), { recursive: true })
  for (let attempt = 0; ; attempt++) {
    try {
      renameSync(fresh, root)
      return
    } catch (error) {
      if (attempt === attempts) throw error
      if (!isThere(root)) throw error
      if (damageOf(root) === undefined) return
    }
    makeRoom(root, path.join(temporary, `damaged-${attempt}`))
  }
}

/** Also where it is a link that leads nowhere, which takes the place all the same. */
export function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

function makeRoom(root: string, aside: string): void {
  try {
    renameSync(root, aside)
  } catch (error) {
    // Another process has moved it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
