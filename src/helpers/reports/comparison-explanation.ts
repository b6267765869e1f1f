import type { GrownFunction } from '../explain/grown-function.ts'
import type { ClientComparison, Explanation } from './comparison.ts'
import { count, signedCount } from './figures.ts'

/** A table of an explanation, as texts that are not escaped yet. */
export interface ExplanationTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What is said before the tables, in our own words only. */
export function explanationNotes({ explanation }: ClientComparison): readonly string[] {
  if (explanation === undefined) return []
  return [...waitingNotes(explanation), ...noGrowthNotes(explanation)]
}

function waitingNotes({ waiting }: Explanation): readonly string[] {
  if (waiting === undefined) return []
  const [idle, whole] = [waiting.idle, waiting.whole].map(({ base, head }) => head - base) as [number, number]
  const share = idle < whole ? `${count(idle)} of the ${count(whole)} µs` : `${signedCount(Math.round(idle))} µs`
  return [
    `it waits: ${share} that a request takes longer pass with nothing to do, for a timer, an immediate or the other end; no code is at work then`,
  ]
}

function noGrowthNotes({ time, allocation }: Explanation): readonly string[] {
  const none = [...(time.length === 0 ? ['self time'] : []), ...(allocation.length === 0 ? ['allocation'] : [])]
  return none.map((what) => `${what}: no function grew beyond the scatter of the samples`)
}

/** The tables of what is new, what grew, and what was counted and differs; those without rows are left out. */
export function explanationTables({ explanation }: ClientComparison): ExplanationTable[] {
  if (explanation === undefined) return []
  const { fresh, time, allocation, exact } = explanation
  const tables: ExplanationTable[] = [
    {
      title: 'new in head, and run',
      head: ['function', 'package', 'in head', 'µs per request', 'bytes per request'],
      rows: fresh.map((each) => [each.name, each.package, each.head, each.time.toFixed(2), count(each.allocation)]),
    },
    grownTable('self time, µs per request', time, (value) => value.toFixed(2)),
    grownTable('bytes allocated per request', allocation, count),
    {
      title: 'counted exactly',
      head: ['what', 'base', 'head'],
      rows: exact.map((each) => [each.what, each.base, each.head]),
    },
  ]
  return tables.filter(({ rows }) => rows.length > 0)
}

function grownTable(
  title: string,
  grown: readonly GrownFunction[],
  figure: (value: number) => string,
): ExplanationTable {
  return {
    title,
    head: ['function', 'package', 'in base', 'in head', 'base', 'head', 'growth'],
    rows: grown.map((each) => [
      each.name,
      packageOf(each),
      baseOf(each),
      each.head ?? '',
      figure(each.perRequest.base),
      figure(each.perRequest.head),
      signedCount(each.perRequest.head - each.perRequest.base),
    ]),
  }
}

/** Waiting, collecting garbage and what V8 builds itself belong to none. */
function packageOf({ package: from, head }: GrownFunction): string {
  return from === '' && head?.startsWith('node:') ? 'node' : from
}

function baseOf({ base, head, isNew }: GrownFunction): string {
  if (isNew) return 'absent'
  return base ?? (head === undefined ? '' : 'no sample')
}
