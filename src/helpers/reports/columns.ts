import { loadsOf } from '../budgets/throughput.ts'
import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { CompletedMeasurement, Measurement } from '../measure/result.ts'
import { mean, median } from '../statistics/summary.ts'
import { costColumns, type FigureColumn, ofHttp, perSecond } from './figure-columns.ts'
import { count, none, percent, signedPercent } from './figures.ts'
import {
  burstMs,
  changeAgainstReference,
  pointsOf,
  requestsPerSecondAt,
  shareOf,
  windowsOf,
} from './measured-figures.ts'
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

const client: Column = { head: 'client', cell: ({ measurement }) => measurement.client }

const columnOf = ({ head, value, text }: FigureColumn): Column => ({
  head,
  cell: ({ measurement }) => textOrNone(value(measurement), text),
})

const costs: readonly Column[] = [
  ...costColumns.map(columnOf),
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
  columnOf(perSecond),
  columnOf(ofHttp),
  { head: 'of wire', cell: ({ measurement, run }) => textOrNone(shareOfWire(measurement, run), percent) },
  { head: 'against reference', cell: ({ measurement, verdicts }) => changeOf(measurement, verdicts) },
  ...costs,
  verdict,
]

const ofBursts: readonly Column[] = [
  client,
  { head: 'mean ms', cell: ({ measurement }) => textOrNone(burstMs(measurement, mean), milliseconds) },
  { head: 'median ms', cell: ({ measurement }) => textOrNone(burstMs(measurement, median), milliseconds) },
  columnOf(perSecond),
  columnOf(ofHttp),
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

/** Requests per second at one point of a sweep. */
function atPoint(point: number): Column {
  return {
    head: `at ${count(point)}`,
    cell: ({ measurement }) => textOrNone(requestsPerSecondAt(measurement, point), count),
  }
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

function textOrNone(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? none : text(value)
}

function milliseconds(ms: number): string {
  return ms.toFixed(1)
}

function changeOf({ pair, ...measurement }: CompletedMeasurement, verdicts: readonly Verdict[]): string {
  const change = changeAgainstReference({ ...measurement, pair }, verdicts)
  if (pair.state !== 'measured' || change === undefined) return pair.state === 'same files' ? 'same files' : none
  const { estimate, low, high } = change
  return `${signedPercent(estimate)} (${signedPercent(low)} … ${signedPercent(high)})${pair.sameFiles ? ' A/A' : ''}`
}

/** As many budgets as a cell names; the lines below the tables have them all. */
const namedAtMost = 2

/** The worst of the verdicts, with the budgets that it is about. */
function overall(verdicts: readonly Verdict[]): string {
  for (const kind of ['invalid', 'regressed', 'blind', 'inconclusive', 'false red', 'no reference yet']) {
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
