import { ownCounts, perRequest } from '../budgets/counts.ts'
import { throughputIn } from '../budgets/throughput.ts'
import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { CompletedMeasurement, LoadReplicate, Measurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { mean, median } from '../statistics/summary.ts'
import { count, percent, signedPercent } from './figures.ts'
import { plainTable } from './plain-table.ts'

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

/** The results of a run, a table for each league and scenario; clients by throughput, what is invalid last. */
export function resultTables(entries: readonly Entry[]): string {
  const groups = Map.groupBy(entries, ({ measurement }) => `${measurement.scenario}, ${measurement.league}`)
  const measurements = entries.map(({ measurement }) => measurement)
  return [...groups].map(([title, group]) => `${title}\n${tableOf(group, measurements)}`).join('\n\n')
}

function tableOf(entries: readonly Entry[], run: readonly Measurement[]): string {
  const ranked = entries.toSorted((one, other) => rank(other) - rank(one))
  return plainTable(
    columns,
    ranked.map((entry) => rowOf(entry, run)),
    ['verdict'],
  )
}

function rank({ measurement }: Entry): number {
  if (measurement.state === 'invalid') return -1
  return measurement.load.length === 0 ? 0 : median(throughputs(measurement))
}

/** What was not measured. */
const none = '–'

function rowOf({ measurement, verdicts }: Entry, run: readonly Measurement[]): string[] {
  if (measurement.state === 'invalid') {
    return [measurement.client, ...Array.from({ length: columns.length - 2 }, () => none), 'invalid']
  }
  const [counts] = ownCounts(measurement)
  const allocated = measurement.load.flatMap(
    ({ clients }) => clients.find(({ client }) => client === measurement.client)?.allocatedBytesPerRequest ?? [],
  )
  return [
    measurement.client,
    measurement.load.length === 0 ? none : count(median(throughputs(measurement))),
    percentOrNone(shareOf(measurement.load, measurement.client, 'http')),
    percentOrNone(shareOfWire(measurement, run)),
    changeOf(measurement, verdicts),
    allocated.length === 0 ? none : (mean(allocated) / 1e3).toFixed(1),
    counts === undefined ? none : count(perRequest(counts, 'bytesIn')),
    counts === undefined ? none : count(counts.connections),
    targetMicroseconds(measurement),
    overall(verdicts),
  ]
}

function throughputs({ load, client }: CompletedMeasurement): number[] {
  return load.map((replicate) => throughputIn(replicate, client))
}

/** Throughput as a share of another client's, over the replicates in which both were measured. */
function shareOf(load: readonly LoadReplicate[], client: string, other: string): number | undefined {
  const both = load.filter(({ clients }) =>
    [client, other].every((name) => clients.some((each) => each.client === name)),
  )
  if (both.length === 0) return undefined
  return median(both.map((replicate) => throughputIn(replicate, client) / throughputIn(replicate, other)))
}

/**
 * The limit is measured once under a scenario, beside one of its clients. For the others it is reached over the control,
 * which is measured beside all of them, so that the machine may have been faster or slower meanwhile.
 */
function shareOfWire(
  { load, client, scenario }: CompletedMeasurement,
  run: readonly Measurement[],
): number | undefined {
  const own = shareOf(load, client, 'wire')
  if (own !== undefined) return own
  const loads = run.flatMap((each) => (each.state === 'completed' && each.scenario === scenario ? each.load : []))
  const [ofHttp, ofWire] = [shareOf(load, client, 'http'), shareOf(loads, 'http', 'wire')]
  return ofHttp === undefined || ofWire === undefined ? undefined : ofHttp * ofWire
}

function percentOrNone(share: number | undefined): string {
  return share === undefined ? none : percent(share)
}

/** With the interval that the verdict rests on; without a verdict, with that of the run's own scatter. */
function changeOf({ pair }: CompletedMeasurement, verdicts: readonly Verdict[]): string {
  if (pair.state !== 'measured') return pair.state === 'same files' ? 'same files' : none
  const estimates = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  const own = mapInterval(intervalOf(replicateMean(estimates, 0)), Math.exp)
  const judged = verdicts.find(({ budget }) => budget === 'throughput against reference')?.measured
  const { estimate, low, high } = mapInterval(judged ?? own, (ratio) => ratio - 1)
  return `${signedPercent(estimate)} (${signedPercent(low)} … ${signedPercent(high)})${pair.sameFiles ? ' A/A' : ''}`
}

/** CPU time that one request costs the target, in microseconds: what the client makes the server do. */
function targetMicroseconds({ load, client }: CompletedMeasurement): string {
  const windows = load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.windows ?? [])
  if (windows.length === 0) return none
  return median(windows.map(({ targetCpuUsPerRequest }) => targetCpuUsPerRequest)).toFixed(1)
}

/** As many budgets as a cell names; the lines below the tables have them all. */
const namedAtMost = 2

/** The worst of the verdicts, with the budgets that it is about. */
function overall(verdicts: readonly Verdict[]): string {
  for (const kind of ['invalid', 'regressed', 'blind', 'inconclusive', 'false red']) {
    const about = verdicts.filter((verdict) => kindOf(verdict) === kind || (kind === 'blind' && verdict.blind === true))
    if (about.length > 0) return `${kind}: ${named(about)}`
  }
  return verdicts.length === 0 ? 'not judged' : 'pass'
}

function named(verdicts: readonly Verdict[]): string {
  const names = verdicts.slice(0, namedAtMost).map(({ budget }) => budget)
  const others = verdicts.length - names.length
  return `${names.join(', ')}${others === 0 ? '' : ` and ${others} more`}`
}
