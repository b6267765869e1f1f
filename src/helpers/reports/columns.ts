import { ownCounts, perRequest } from '../budgets/counts.ts'
import { loadOf, loadsOf, throughputIn, windowsAt } from '../budgets/throughput.ts'
import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { Window } from '../measure/job.ts'
import type { CompletedMeasurement, LoadReplicate, Measurement } from '../measure/result.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { mean, median } from '../statistics/summary.ts'
import { count, percent, signedPercent } from './figures.ts'
import { routeColumns } from './route-cells.ts'

/** What a row of a table is about. */
interface Row {
  readonly measurement: CompletedMeasurement
  readonly verdicts: readonly Verdict[]
  /** Everything that was measured in the run. */
  readonly run: readonly Measurement[]
}

/** A column of a table of results. */
export interface Column {
  readonly head: string
  readonly cell: (row: Row) => string
}

/** What was not measured. */
export const none = '–'

const client: Column = { head: 'client', cell: ({ measurement }) => measurement.client }

const perSecond: Column = {
  head: 'requests/s',
  cell: ({ measurement }) => (measurement.load.length === 0 ? none : count(median(throughputs(measurement)))),
}

const ofHttp: Column = {
  head: 'of http',
  cell: ({ measurement: { load, client } }) => percentOrNone(shareOf(load, client, 'http')),
}

const costs: readonly Column[] = [
  {
    head: 'kB/req',
    cell: ({ measurement }) => {
      const allocated = measurement.load.flatMap(
        (replicate) => own(replicate, measurement)?.allocatedBytesPerRequest ?? [],
      )
      return allocated.length === 0 ? none : (mean(allocated) / 1e3).toFixed(1)
    },
  },
  {
    head: 'sent B/req',
    // What a mock answers is never sent.
    cell: ({ measurement }) =>
      counted(measurement, (counts) => (counts.requests === 0 ? undefined : perRequest(counts, 'bytesIn'))),
  },
  { head: 'conns', cell: ({ measurement }) => counted(measurement, ({ connections }) => connections) },
  {
    // What the client makes the server do.
    head: 'target µs',
    cell: ({ measurement }) => {
      const windows = windowsOf(measurement)
      return windows.length === 0
        ? none
        : median(windows.map(({ targetCpuUsPerRequest }) => targetCpuUsPerRequest)).toFixed(1)
    },
  },
]

const verdict: Column = { head: 'verdict', cell: ({ verdicts }) => overall(verdicts) }

const ofLanes: readonly Column[] = [
  client,
  perSecond,
  ofHttp,
  { head: 'of wire', cell: ({ measurement, run }) => percentOrNone(shareOfWire(measurement, run)) },
  { head: 'against reference', cell: ({ measurement, verdicts }) => changeOf(measurement, verdicts) },
  ...costs,
  verdict,
]

const ofBursts: readonly Column[] = [
  client,
  { head: 'mean ms', cell: ({ measurement }) => burstMs(measurement, mean) },
  { head: 'median ms', cell: ({ measurement }) => burstMs(measurement, median) },
  perSecond,
  ofHttp,
  ...costs,
  verdict,
]

const ofRoutes: readonly Column[] = [
  client,
  ...routeColumns.map(({ head, cell }) => ({
    head,
    cell: ({ measurement }: Row) => {
      const loads = loadsOf(measurement, measurement.client)
      return loads.length === 0 ? none : cell(loads)
    },
  })),
  verdict,
]

/** The columns of a table of measurements under one scenario. */
export function columnsOf(measurements: readonly CompletedMeasurement[]): readonly Column[] {
  switch (measurements[0]?.loadShape) {
    case 'bursts':
      return ofBursts
    case 'sweep':
      return [client, ...pointsOf(measurements).map(atPoint), verdict]
    case 'gateway':
      return ofRoutes
    default:
      return ofLanes
  }
}

function pointsOf(measurements: readonly CompletedMeasurement[]): number[] {
  const points = measurements.flatMap(windowsOf).flatMap(({ point }) => point ?? [])
  return [...new Set(points)].toSorted((one, other) => one - other)
}

/** Requests per second at one point of a sweep. */
function atPoint(point: number): Column {
  return {
    head: `at ${count(point)}`,
    cell: ({ measurement: { load, client } }) => {
      const measured = load.filter((replicate) => {
        const found = loadOf(replicate, client)
        return found !== undefined && windowsAt(found, point).length > 0
      })
      return measured.length === 0
        ? none
        : count(median(measured.map((replicate) => throughputIn(replicate, client, point))))
    },
  }
}

/** A figure about the bursts of a client over all replicates, in milliseconds. */
function burstMs(measurement: CompletedMeasurement, figure: (sample: readonly number[]) => number): string {
  const durations = windowsOf(measurement).map(({ durationMs }) => durationMs)
  return durations.length === 0 ? none : figure(durations).toFixed(1)
}

function own(replicate: LoadReplicate, { client }: CompletedMeasurement) {
  return loadOf(replicate, client)
}

function windowsOf(measurement: CompletedMeasurement): readonly Window[] {
  return measurement.load.flatMap((replicate) => own(replicate, measurement)?.windows ?? [])
}

/** What the target counted for the client, in the first of its processes. */
function counted(
  measurement: CompletedMeasurement,
  figure: (counts: ReturnType<typeof ownCounts>[number]) => number | undefined,
): string {
  const [counts] = ownCounts(measurement)
  const value = counts && figure(counts)
  return value === undefined ? none : count(value)
}

/** Requests per second of the measured client, one a replicate. */
export function throughputs({ load, client }: CompletedMeasurement): number[] {
  return load.map((replicate) => throughputIn(replicate, client))
}

/** Throughput as a share of another client's, over the replicates in which both were measured. */
function shareOf(load: readonly LoadReplicate[], client: string, other: string): number | undefined {
  const both = load.filter((replicate) => [client, other].every((name) => loadOf(replicate, name) !== undefined))
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
  const direct = shareOf(load, client, 'wire')
  if (direct !== undefined) return direct
  const loads = run.flatMap((each) => (each.state === 'completed' && each.scenario === scenario ? each.load : []))
  const [toHttp, toWire] = [shareOf(load, client, 'http'), shareOf(loads, 'http', 'wire')]
  return toHttp === undefined || toWire === undefined ? undefined : toHttp * toWire
}

function percentOrNone(share: number | undefined): string {
  return share === undefined ? none : percent(share)
}

/** With the interval that the verdict rests on; without a verdict, with that of the run's own scatter. */
function changeOf({ pair }: CompletedMeasurement, verdicts: readonly Verdict[]): string {
  if (pair.state !== 'measured') return pair.state === 'same files' ? 'same files' : none
  const estimates = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  const byRun = mapInterval(intervalOf(replicateMean(estimates, 0)), Math.exp)
  const judged = verdicts.find(({ budget }) => budget === 'throughput against reference')?.measured
  const { estimate, low, high } = mapInterval(judged ?? byRun, (ratio) => ratio - 1)
  return `${signedPercent(estimate)} (${signedPercent(low)} … ${signedPercent(high)})${pair.sameFiles ? ' A/A' : ''}`
}

/** As many budgets as a cell names; the lines below the tables have them all. */
const namedAtMost = 2

/** The worst of the verdicts, with the budgets that it is about. */
function overall(verdicts: readonly Verdict[]): string {
  for (const kind of ['invalid', 'regressed', 'blind', 'inconclusive', 'false red']) {
    const about = verdicts.filter((each) => kindOf(each) === kind || (kind === 'blind' && each.blind === true))
    if (about.length > 0) return `${kind}: ${named(about)}`
  }
  return verdicts.length === 0 ? 'not judged' : 'pass'
}

function named(verdicts: readonly Verdict[]): string {
  const names = verdicts.slice(0, namedAtMost).map(({ budget }) => budget)
  const others = verdicts.length - names.length
  return `${names.join(', ')}${others === 0 ? '' : ` and ${others} more`}`
}
