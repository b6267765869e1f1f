import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import type { LockEntries } from './lock-entry.ts'

/** A package as a lock has it. */
export interface LockedPackage {
  /** What imports call it: an alias where it has one. */
  readonly name: string
  /** Where it lies, from the root of the tree: `node_modules/axios`, `packages/local`. */
  readonly place: string
  /** Absent for folders of the project that have none. */
  readonly version?: string
  /**
   * What tells its contents: the hash of a published package, the address with commit of one out of git. Absent for
   * folders of the project and for what another package brings along.
   */
  readonly integrity?: string
  /** True where an installation may lack it; else absent. */
  readonly optional?: true
  /** Whether it is one of those that were asked for; the others are needed by one of them. */
  readonly asked: boolean
  /** Places of the packages that it gets for what it needs. */
  readonly needs: readonly string[]
}

/** Packages with all that they need at run time, ordered by place. */
export type LockClosure = readonly LockedPackage[]

/**
 * The packages that some packages need at run time, found in a lock as Node finds them in the installed tree: in the
 * nearest `node_modules` upwards. Optional and peer dependencies count where the lock has them. A name that the lock
 * does not have adds nothing.
 *
 * @param lock A parsed `package-lock.json` of version 2 or 3:
 *   https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages
 * @param names As the root of the tree would import them.
 * @param where Named in errors.
 * @throws {UsageError} for anything else than such a lock.
 */
export function lockClosure(lock: unknown, names: readonly string[], where = 'package-lock.json'): LockClosure {
  const entries = entriesOf(lock, where)
  const roots = new Set(names.flatMap((name) => placeOf(entries, name, '') ?? []))
  const found = new Map<string, LockedPackage>()
  const collect = (name: string, from: string): readonly string[] => {
    const place = placeOf(entries, name, from)
    if (place === undefined) return []
    if (found.has(place)) return [place]
    const { version, integrity, resolved, ...entry } = entries[place] ?? {}
    const contents = integrity ?? resolved
    const needs: string[] = []
    found.set(place, {
      name,
      place,
      ...(version === undefined ? {} : { version }),
      ...(contents === undefined ? {} : { integrity: contents }),
      ...((entry.optional || entry.devOptional || entry.peer) && { optional: true }),
      asked: roots.has(place),
      needs,
    })
    const needed = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }
    for (const each of Object.keys(needed)) needs.push(...collect(each, place))
    return [place]
  }
  for (const name of names) collect(name, '')
  return [...found.values()].sort((one, other) => (one.place < other.place ? -1 : 1))
}

/** Whether a package is a folder of the project, or beside it, of which the lock does not tell the contents. */
export function isFolder({ place }: Pick<LockedPackage, 'place'>): boolean {
  return place !== '' && !/(?:^|\/)node_modules\//.test(place)
}

/** Where a name leads from a place, links followed: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function placeOf(entries: LockEntries, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.posix.dirname(folder)) {
    if (folder === '.') folder = ''
    const place = path.posix.join(folder, 'node_modules', name)
    if (Object.hasOwn(entries, place)) {
      const { link, resolved } = entries[place] ?? {}
      return link && resolved !== undefined ? resolved : place
    }
    if (folder === '') return undefined
  }
}

function entriesOf(lock: unknown, where: string): LockEntries {
  const wrong = (problem: string): UsageError =>
    new UsageError(
      `${where} ${problem}; expected a package-lock.json of lockfileVersion 2 or 3, which \`npm install\` of npm 7 or ` +
        'newer writes',
    )
  if (!isRecord(lock) || !('lockfileVersion' in lock)) throw wrong('is no lock of npm')
  const { lockfileVersion, packages } = lock
  if (lockfileVersion !== 2 && lockfileVersion !== 3) {
    throw wrong(`has lockfileVersion ${JSON.stringify(lockfileVersion)}`)
  }
  if (!isEntries(packages)) throw wrong('does not list its packages')
  return packages
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The entries' fields are npm's own, and are believed. */
function isEntries(packages: unknown): packages is LockEntries {
  return isRecord(packages) && Object.values(packages).every(isRecord)
}
