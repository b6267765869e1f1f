import Table from 'cli-table3'
import { ownCounts, perRequest } from '../budgets/cost.ts'
import { throughputIn } from '../budgets/throughput.ts'
import type { Verdict, VerdictState } from '../budgets/verdict.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { mean, median } from '../statistics/summary.ts'
import { count, percent, signedPercent } from './figures.ts'

const columns = [
  'client',
  'requests/s',
  'of http',
  'of wire',
  'against reference',
  'kB/req',
  'sent B/req',
  'conns',
  'verdict',
]

/** No colours and no colour codes: the table goes to files and logs as well. */
const plain = { head: [], border: [] }

/** The results of a run, a table for each league and scenario; clients by throughput, what is invalid last. */
export function resultTables(entries: readonly Entry[]): string {
  const groups = Map.groupBy(entries, ({ measurement }) => `${measurement.scenario}, ${measurement.league}`)
  return [...groups].map(([title, group]) => `${title}\n${tableOf(group)}`).join('\n\n')
}

function tableOf(entries: readonly Entry[]): string {
  const table = new Table({ head: columns, style: plain, colAligns: columns.map((_, place) => alignOf(place)) })
  for (const entry of entries.toSorted((one, other) => rank(other) - rank(one))) table.push(rowOf(entry))
  return table.toString()
}

function alignOf(place: number): 'left' | 'right' {
  return place === 0 || place === columns.length - 1 ? 'left' : 'right'
}

function rank({ measurement }: Entry): number {
  return measurement.state === 'invalid' ? 0 : median(throughputs(measurement))
}

function rowOf({ measurement, verdicts }: Entry): string[] {
  if (measurement.state === 'invalid') {
    return [measurement.client, ...Array.from({ length: columns.length - 2 }, () => '–'), 'invalid']
  }
  const counts = ownCounts(measurement)
  const allocated = measurement.load.flatMap(
    ({ clients }) => clients.find(({ client }) => client === measurement.client)?.allocatedBytesPerRequest ?? [],
  )
  return [
    measurement.client,
    count(median(throughputs(measurement))),
    shareOf(measurement, 'http'),
    shareOf(measurement, 'wire'),
    changeOf(measurement),
    allocated.length === 0 ? '–' : (mean(allocated) / 1e3).toFixed(1),
    count(perRequest(counts, 'bytesIn')),
    count(counts.connections),
    overall(verdicts),
  ]
}

function throughputs({ load, client }: CompletedMeasurement): number[] {
  return load.map((replicate) => throughputIn(replicate, client))
}

/** Throughput as a share of another client's, over the replicates in which both were measured. */
function shareOf({ load, client }: CompletedMeasurement, other: string): string {
  const beside = load.filter(({ clients }) => clients.some((each) => each.client === other))
  if (beside.length === 0) return '–'
  return percent(median(beside.map((replicate) => throughputIn(replicate, client) / throughputIn(replicate, other))))
}

function changeOf({ pair }: CompletedMeasurement): string {
  if (pair.state !== 'measured') return pair.state === 'same files' ? 'same files' : '–'
  const estimates = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  const { estimate, low, high } = mapInterval(intervalOf(replicateMean(estimates, 0)), (log) => Math.exp(log) - 1)
  return `${signedPercent(estimate)} (${signedPercent(low)} … ${signedPercent(high)})${pair.sameFiles ? ' A/A' : ''}`
}

/** The worst of the verdicts, with the budgets that it is about. */
function overall(verdicts: readonly Verdict[]): string {
  const order: readonly VerdictState[] = ['invalid', 'regressed', 'inconclusive']
  for (const state of order) {
    const about = verdicts.filter((verdict) => verdict.state === state)
    if (about.length > 0) return `${state}: ${about.map(({ budget }) => budget).join(', ')}`
  }
  return verdicts.length === 0 ? 'not judged' : 'pass'
}
