import { lockClosure } from './lock-closure.ts'
import type { LockEntries, LockEntry } from './lock-entry.ts'

/** A parsed `package-lock.json` whose packages are known to be there. */
export interface Lock {
  readonly packages: LockEntries
}

/**
 * The lock of a reference in which some packages, with all that they need, are as another lock has them: the project's, so
 * that a client's own tree and its reference are the same files. npm puts it in order, which drops what nothing needs any
 * more.
 *
 * @param specs What the reference is to ask for of each package that moves, by its name.
 */
export function movedLock<Own extends Lock>(
  reference: Own,
  project: Lock,
  specs: Readonly<Record<string, string>>,
): Own {
  const names = Object.keys(specs)
  const root = reference.packages[''] ?? {}
  const own = new Set(lockClosure(reference, names).map(({ place }) => place))
  const others = Object.keys(root.dependencies ?? {}).filter((each) => !names.includes(each))
  const kept = new Set(lockClosure(reference, others).map(({ place }) => place))
  const staying = Object.entries(reference.packages).filter(([place]) => kept.has(place) || !own.has(place))
  const moving = lockClosure(project, names).flatMap(({ place }): [string, LockEntry][] => {
    const entry = project.packages[place]
    return entry === undefined ? [] : [[place, withoutFlags(entry)]]
  })
  const packages = {
    ...Object.fromEntries([...staying, ...moving]),
    '': { ...root, dependencies: { ...root.dependencies, ...specs } },
  }
  return { ...reference, packages }
}

/** What only developing needs in a project, a reference is there for; npm sets the other flags anew. */
function withoutFlags(entry: LockEntry & { readonly dev?: boolean }): LockEntry {
  const { dev: _, devOptional: __, peer: ___, ...others } = entry
  return others
}
