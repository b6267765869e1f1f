import { lockClosure } from './lock-closure.ts'
import type { LockEntries, LockEntry } from './lock-entry.ts'

/** A parsed `package-lock.json` whose packages are known to be there. */
export interface Lock {
  readonly packages: LockEntries
}

/**
 * The lock of a reference in which one package, with all that it needs, is as another lock has it: the project's, so that
 * a client's own tree and its reference are the same files. npm puts it in order, which drops what nothing needs any more.
 *
 * @param name One of the packages that the reference asks for.
 * @param version The version of it that the project's lock has.
 */
export function movedLock<Own extends Lock>(reference: Own, project: Lock, name: string, version: string): Own {
  const root = reference.packages[''] ?? {}
  const own = new Set(lockClosure(reference, [name]).map(({ place }) => place))
  const others = Object.keys(root.dependencies ?? {}).filter((each) => each !== name)
  const kept = new Set(lockClosure(reference, others).map(({ place }) => place))
  const staying = Object.entries(reference.packages).filter(([place]) => kept.has(place) || !own.has(place))
  const moving = lockClosure(project, [name]).flatMap(({ place }): [string, LockEntry][] => {
    const entry = project.packages[place]
    return entry === undefined ? [] : [[place, withoutFlags(entry)]]
  })
  const packages = {
    ...Object.fromEntries([...staying, ...moving]),
    '': { ...root, dependencies: { ...root.dependencies, [name]: version } },
  }
  return { ...reference, packages }
}

/** What only developing needs in a project, a reference is there for; npm sets the other flags anew. */
function withoutFlags(entry: LockEntry & { readonly dev?: boolean }): LockEntry {
  const { dev: _, devOptional: __, peer: ___, ...others } = entry
  return others
}
