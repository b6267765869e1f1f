import Table from 'cli-table3'
import { ownCounts, perRequest } from '../budgets/cost.ts'
import { throughputIn } from '../budgets/throughput.ts'
import { kindOf, type Verdict } from '../budgets/verdict.ts'
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
  'target µs',
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
  const [counts] = ownCounts(measurement)
  const allocated = measurement.load.flatMap(
    ({ clients }) => clients.find(({ client }) => client === measurement.client)?.allocatedBytesPerRequest ?? [],
  )
  return [
    measurement.client,
    count(median(throughputs(measurement))),
    shareOf(measurement, 'http'),
    shareOf(measurement, 'wire'),
    changeOf(measurement, verdicts),
    allocated.length === 0 ? '–' : (mean(allocated) / 1e3).toFixed(1),
    counts === undefined ? '–' : count(perRequest(counts, 'bytesIn')),
    counts === undefined ? '–' : count(counts.connections),
    targetMicroseconds(measurement),
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

/** With the interval that the verdict rests on; without a verdict, with that of the run's own scatter. */
function changeOf({ pair }: CompletedMeasurement, verdicts: readonly Verdict[]): string {
  if (pair.state !== 'measured') return pair.state === 'same files' ? 'same files' : '–'
  const estimates = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  const own = mapInterval(intervalOf(replicateMean(estimates, 0)), Math.exp)
  const judged = verdicts.find(({ budget }) => budget === 'throughput against reference')?.measured
  const { estimate, low, high } = mapInterval(judged ?? own, (ratio) => ratio - 1)
  return `${signedPercent(estimate)} (${signedPercent(low)} … ${signedPercent(high)})${pair.sameFiles ? ' A/A' : ''}`
}

/** CPU time that one request costs the target, in microseconds: what the client makes the server do. */
function targetMicroseconds({ load, client }: CompletedMeasurement): string {
  const windows = load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.windows ?? [])
  return median(windows.map(({ targetCpuUsPerRequest }) => targetCpuUsPerRequest)).toFixed(1)
}

/** The worst of the verdicts, with the budgets that it is about. */
function overall(verdicts: readonly Verdict[]): string {
  for (const kind of ['invalid', 'regressed', 'inconclusive', 'false red']) {
    const about = verdicts.filter((verdict) => kindOf(verdict) === kind)
    if (about.length > 0) return `${kind}: ${about.map(({ budget }) => budget).join(', ')}`
  }
  return verdicts.length === 0 ? 'not judged' : 'pass'
}
