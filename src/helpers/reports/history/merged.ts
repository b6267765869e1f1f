import type { Entry } from '../../session/entry.ts'
import type { RunRecord } from '../run-record.ts'
import type { EntryDigest, RunDigest } from './run-digest.ts'

/** Entries of one record that belong to the merged result. */
export interface Share {
  readonly run: RunDigest
  /** Clients with their scenarios, by their names. */
  readonly names: ReadonlySet<string>
}

/** What several runs on machines of one class and on one Node come to together. */
export interface Merged {
  /** Class and Node, in words. */
  readonly machine: string
  /** The oldest first. */
  readonly runs: readonly RunDigest[]
  /** Each with the entries of which it has the newest, the newest run first. */
  readonly shares: readonly Share[]
}

/**
 * Merges runs by taking the newest result for each client and scenario that was judged, machine by machine: figures of two machines are
 * never mixed, and none is forgotten. Every verdict was reached in one run, with a control beside it, on error rates of the
 * whole budget file; so those of shards are what one run would have, and merging them is putting them together.
 *
 * @param runs The oldest first.
 * @returns One a machine class and Node, the one with the newest run first.
 */
export function merged(runs: readonly RunDigest[]): readonly Merged[] {
  return [...Map.groupBy(runs.toReversed(), machineOf)].map(([machine, newestFirst]) => ({
    machine,
    runs: newestFirst.toReversed(),
    shares: sharesOf(newestFirst),
  }))
}

function sharesOf(newestFirst: readonly RunDigest[]): readonly Share[] {
  const seen = new Set<string>()
  const whole = wholeEntries(newestFirst)
  return newestFirst.flatMap((run) => {
    const settled = run.entries.filter((entry) => isSettled(run, entry, whole.get(nameOf(entry))))
    const names = new Set(settled.map(nameOf).filter((name) => !seen.has(name)))
    for (const name of names) seen.add(name)
    return names.size === 0 ? [] : [{ run, names }]
  })
}

/** Of each client and scenario the newest entry of a run that came to its end. */
function wholeEntries(newestFirst: readonly RunDigest[]): ReadonlyMap<string, EntryDigest> {
  const oldestFirst = newestFirst.filter(({ state }) => state === 'complete').toReversed()
  return new Map(oldestFirst.flatMap(({ entries }) => entries.map((entry) => [nameOf(entry), entry] as const)))
}

/**
 * Whether an entry says what became of its client: one that was measured and not judged, because somebody gave up or something
 * killed the run, would hide the red of a whole run. In such a run it must have as many verdicts as in a whole one.
 */
function isSettled({ state }: RunDigest, { verdict, budgets }: EntryDigest, whole: EntryDigest | undefined): boolean {
  return state === 'complete' || verdict === 'invalid' || budgets >= (whole?.budgets ?? 0)
}

/** A machine by its class and its Node, by which figures are kept apart; a class that nobody declared names its Node. */
export function machineOf({ machine, node }: Pick<RunDigest, 'machine' | 'node'>): string {
  const named = `Node ${node}`
  return machine.endsWith(named) ? machine : `${machine}, ${named}`
}

/** The entries of a record that a share names. */
export function entriesOf({ entries }: Pick<RunRecord, 'entries'>, { names }: Pick<Share, 'names'>): readonly Entry[] {
  return entries.filter(({ measurement }) => names.has(nameOf(measurement)))
}

function nameOf({ client, scenario }: { readonly client: string; readonly scenario: string }): string {
  return `${client} ${scenario}`
}
