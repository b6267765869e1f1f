import type { Sources } from './sources.ts'
import type { Spent, SpentSide } from './spent.ts'

/** A function of the head, and what is known of it on the base's side. */
export interface Matched {
  readonly head: Spent
  /** Absent where it had no sample there. */
  readonly base?: Spent
  /** File and line where it stands in the base; absent where it stands nowhere, or nobody can tell. */
  readonly baseLocation?: string
  /** Whether the base's sources do not have it. */
  readonly isNew: boolean
}

/**
 * Finds the functions of the head in the base: by package, file and name; where the file has no such function, by package and
 * name in what the head's sources do not have any more, the closest path first; and where it had no sample, in the sources.
 */
export function matched(base: SpentSide, head: SpentSide): readonly Matched[] {
  const stays = ({ package: name, file, label }: Spent, other: Sources) =>
    label !== undefined && typeof other.placeIn(name, file, label) === 'object'
  const gone = [...base.functions].filter(([key, each]) => !head.functions.has(key) && !stays(each, head.sources))
  const come = [...head.functions].filter(([key, each]) => !base.functions.has(key) && !stays(each, base.sources))
  const moved = pairedByPath(valuesOf(gone), valuesOf(come))
  return [...head.functions].map(([key, now]): Matched => {
    const before = base.functions.get(key) ?? moved.get(now)
    if (before === undefined) return { head: now, ...unsampled(now, base.sources, head.sources) }
    return { head: now, base: before, isNew: false, ...(before.file !== '' && { baseLocation: locationOf(before) }) }
  })
}

/** `lib/client.js:12`. */
export function locationOf({ file, line }: Pick<Spent, 'file' | 'line'>): string {
  return `${file}:${line}`
}

function valuesOf(entries: readonly (readonly [string, Spent])[]): readonly Spent[] {
  return entries.map(([, each]) => each).filter(({ name, file }) => file !== '' && !isLoose(name))
}

/** A number in a file says nothing about another file. */
function isLoose(name: string): boolean {
  return /^\(anonymous(?: \d+)?\)$/.test(name)
}

/** Functions of one package and name in different files, closest paths first, then those that spent most. */
function pairedByPath(gone: readonly Spent[], come: readonly Spent[]): ReadonlyMap<Spent, Spent> {
  const candidates = come.flatMap((now) =>
    gone
      .filter((before) => before.package === now.package && before.name === now.name)
      .map((before) => ({ before, now, distance: distanceBetween(before.file, now.file) })),
  )
  candidates.sort(
    (one, other) =>
      one.distance - other.distance ||
      other.now.perRequest - one.now.perRequest ||
      other.before.perRequest - one.before.perRequest,
  )
  const pairs = new Map<Spent, Spent>()
  const taken = new Set<Spent>()
  for (const { before, now } of candidates) {
    if (pairs.has(now) || taken.has(before)) continue
    pairs.set(now, before)
    taken.add(before)
  }
  return pairs
}

/** Parts of two paths that are not in the other one. */
function distanceBetween(one: string, other: string): number {
  const [parts, others] = [one.split('/'), other.split('/')]
  const kept = parts.filter((part) => others.includes(part)).length
  return parts.length + others.length - 2 * kept
}

function unsampled(
  { package: name, file, label }: Spent,
  base: Sources,
  head: Sources,
): Pick<Matched, 'baseLocation' | 'isNew'> {
  if (label === undefined) return { isNew: false }
  const place = base.placeIn(name, file, label)
  if (place === 'unknown') return { isNew: false }
  if (place !== 'nowhere') return { baseLocation: locationOf(place), isNew: false }
  const kept = new Set(head.filesWith(name, label))
  const [closest] = base
    .filesWith(name, label)
    .filter((each) => !kept.has(each))
    .sort((one, other) => distanceBetween(one, file) - distanceBetween(other, file))
  const elsewhere = closest === undefined ? 'nowhere' : base.placeIn(name, closest, label)
  if (typeof elsewhere === 'object') return { baseLocation: locationOf(elsewhere), isNew: false }
  return { isNew: isNamedNowhere(name, file, label, base) }
}

/** One without a name has another number when one before it is new: only the function around it tells. */
function isNamedNowhere(name: string, file: string, label: string, base: Sources): boolean {
  if (!label.startsWith('(anonymous')) return true
  const around = / in ([^\s()]+)\)+$/.exec(label)?.[1]
  return around !== undefined && base.placeIn(name, file, around) === 'nowhere'
}
