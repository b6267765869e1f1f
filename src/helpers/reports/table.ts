import type { Measurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { type Column, columnsOf } from './columns.ts'
import { none } from './figures.ts'
import { requestsPerSecond } from './measured-figures.ts'
import { plainTable } from './plain-table.ts'

/** The results of a run, a table for each league and scenario; clients by throughput, what is invalid last. */
export function resultTables(entries: readonly Entry[]): string {
  const groups = Map.groupBy(entries, ({ measurement }) => `${measurement.scenario}, ${measurement.league}`)
  const measurements = entries.map(({ measurement }) => measurement)
  return [...groups].map(([title, group]) => `${title}\n${tableOf(group, measurements)}`).join('\n\n')
}

function tableOf(entries: readonly Entry[], run: readonly Measurement[]): string {
  const ranked = entries.toSorted((one, other) => rank(other) - rank(one))
  const completed = ranked.flatMap(({ measurement }) => (measurement.state === 'completed' ? [measurement] : []))
  const columns = columnsOf(completed)
  return plainTable(
    columns.map(({ head }) => head),
    ranked.map((entry) => rowOf(entry, columns, run)),
    ['verdict'],
  )
}

function rank({ measurement }: Entry): number {
  if (measurement.state === 'invalid') return -1
  return requestsPerSecond(measurement) ?? 0
}

function rowOf({ measurement, verdicts }: Entry, columns: readonly Column[], run: readonly Measurement[]): string[] {
  if (measurement.state === 'invalid') {
    return [measurement.client, ...Array.from({ length: columns.length - 2 }, () => none), 'invalid']
  }
  return columns.map(({ cell }) => cell({ measurement, verdicts, run }))
}
