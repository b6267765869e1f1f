import type { LockClosure, LockedPackage } from './lock-closure.ts'

/** A package of which base and head have different ones. */
export interface PackageChange {
  readonly name: string
  /**
   * Version on either side, absent where the package is not needed there. Equal versions differ in their contents.
   */
  readonly base?: string
  readonly head?: string
}

/**
 * What differs between what the base and the head need: versions, contents of the same version, and, where a name has
 * several versions, who gets which. Where npm has put a package, and how often, makes no difference. Ordered by name.
 */
export function changedPackages(base: LockClosure, head: LockClosure): readonly PackageChange[] {
  const names = new Set([...base, ...head].map(({ name }) => name))
  return [...names].sort().flatMap((name) => {
    const others = changes(name, named(base, name), named(head, name))
    return others.length > 0 ? others : swaps(name, base, head)
  })
}

/** Pairs, lowest version first, what only the base has with what only the head has. */
function changes(name: string, base: LockClosure, head: LockClosure): readonly PackageChange[] {
  const gone = onlyIn(base, head)
  const come = onlyIn(head, base)
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => change(name, gone[at], come[at]))
}

/** Who gets another version than before, where the same ones are there on both sides. */
function swaps(name: string, base: LockClosure, head: LockClosure): readonly PackageChange[] {
  const mine = [named(base, name), named(head, name)] as const
  const users = [...new Set(base.map((locked) => locked.name))]
  const all = [
    changes(name, mine[0].filter(isAsked), mine[1].filter(isAsked)),
    ...users.map((user) => changes(name, given(base, user, mine[0]), given(head, user, mine[1]))),
  ]
  // A package that needs one more or one less has changed itself, and is told as such.
  const swapped = all.flat().filter((found) => found.base !== undefined && found.head !== undefined)
  return [...new Map(swapped.map((found) => [JSON.stringify(found), found])).values()]
}

/** Those of some packages that the packages of a name get. */
function given(closure: LockClosure, user: string, packages: LockClosure): LockClosure {
  const places = new Set(named(closure, user).flatMap(({ needs }) => needs))
  return packages.filter(({ place }) => places.has(place))
}

function isAsked({ asked }: LockedPackage): boolean {
  return asked
}

function named(closure: LockClosure, name: string): LockClosure {
  return closure.filter((locked) => locked.name === name)
}

function onlyIn(closure: LockClosure, other: LockClosure): LockClosure {
  const known = new Set(other.map(identity))
  const own = new Map(closure.map((locked) => [identity(locked), locked]))
  const byVersion = new Intl.Collator('en', { numeric: true })
  return [...own.entries()]
    .filter(([id]) => !known.has(id))
    .map(([, locked]) => locked)
    .sort((one, another) => byVersion.compare(versionOf(one), versionOf(another)))
}

function identity({ version, integrity }: LockedPackage): string {
  return JSON.stringify([version, integrity])
}

function versionOf({ version = 'without a version' }: LockedPackage): string {
  return version
}

function change(name: string, base: LockedPackage | undefined, head: LockedPackage | undefined): PackageChange {
  return {
    name,
    ...(base === undefined ? {} : { base: versionOf(base) }),
    ...(head === undefined ? {} : { head: versionOf(head) }),
  }
}
