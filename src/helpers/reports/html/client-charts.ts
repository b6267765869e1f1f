import type { CompletedMeasurement } from '../../measure/result.ts'
import type { Entry } from '../../session/entry.ts'
import { mean } from '../../statistics/summary.ts'
import { count } from '../figures.ts'
import {
  allocatedBytes,
  firstCounts,
  pointsOf,
  requestsPerSecond,
  requestsPerSecondAt,
  sentBytes,
  windowsOf,
} from '../measured-figures.ts'
import type { Chart } from './chart.ts'
import { type Bar, barChart } from './charts/bars.ts'
import { linesChart } from './charts/lines.ts'
import { scatterChart } from './charts/scatter.ts'

/** The scenario whose costs stand for what a request costs: small, and several at once, as most are. */
const costScenario = 'small-4'

/** Clients beside each other: what a request costs, throughput against allocation, bursts, and the sweep. */
export function clientCharts(entries: readonly Entry[]): readonly Chart[] {
  const completed = entries.flatMap(({ measurement }) =>
    measurement.state === 'completed' && measurement.league === 'equalised' ? [measurement] : [],
  )
  const alike = completed.filter(({ scenario }) => scenario === costScenario)
  return [
    ...bars(`kB allocated per request, ${costScenario}`, alike, allocatedBytes, (bytes) => (bytes / 1e3).toFixed(1)),
    ...bars(`bytes sent per request, ${costScenario}`, alike, sentBytes, count),
    ...bars(`connections, ${costScenario}`, alike, (each) => firstCounts(each)?.connections, count),
    ...throughputAgainstAllocation(alike),
    ...[
      ...Map.groupBy(
        completed.filter(({ loadShape }) => loadShape === 'bursts'),
        ({ scenario }) => scenario,
      ),
    ].flatMap(([scenario, group]) => bars(`ms a burst, ${scenario}`, group, burstMs, (ms) => ms.toFixed(1))),
    ...[...Map.groupBy(completed.filter(isSwept), ({ scenario }) => scenario)].flatMap(([scenario, group]) =>
      sweep(scenario, group),
    ),
  ]
}

function bars(
  title: string,
  measurements: readonly CompletedMeasurement[],
  figure: (measurement: CompletedMeasurement) => number | undefined,
  text: (value: number) => string,
): readonly Chart[] {
  const values = measurements.flatMap((measurement): Bar[] => {
    const value = figure(measurement)
    return value === undefined ? [] : [{ client: measurement.client, value, text: text(value) }]
  })
  return values.length === 0 ? [] : [barChart(title, values)]
}

function throughputAgainstAllocation(measurements: readonly CompletedMeasurement[]): readonly Chart[] {
  const dots = measurements.flatMap((measurement) => {
    const [x, y] = [allocatedBytes(measurement), requestsPerSecond(measurement)]
    return x === undefined || y === undefined ? [] : [{ client: measurement.client, x, y }]
  })
  if (dots.length === 0) return []
  return [
    scatterChart(dots, {
      title: `throughput against allocation, ${costScenario}`,
      xName: 'kB allocated per request',
      yName: 'requests/s',
      xText: (bytes) => (bytes / 1e3).toFixed(0),
      yText: count,
    }),
  ]
}

/** Mean duration of a burst over all rounds. */
function burstMs(measurement: CompletedMeasurement): number | undefined {
  const durations = windowsOf(measurement).map(({ durationMs }) => durationMs)
  return durations.length === 0 ? undefined : mean(durations)
}

function isSwept(measurement: CompletedMeasurement): boolean {
  return pointsOf([measurement]).length > 1
}

/** Throughput at every point, each client relative to its best, so that the shape shows and not the height. */
function sweep(scenario: string, group: readonly CompletedMeasurement[]): readonly Chart[] {
  const lines = group.map((measurement) => {
    const points = pointsOf([measurement]).map((x) => ({ x, y: requestsPerSecondAt(measurement, x) ?? 0 }))
    const best = Math.max(...points.map(({ y }) => y))
    return { name: measurement.client, points: points.map(({ x, y }) => ({ x, y: y / best })) }
  })
  return [
    linesChart(lines, {
      title: `${scenario}: throughput as a share of the client’s best`,
      xName: scenario === 'sweep' ? 'in flight' : 'handlers',
      yName: 'of its best',
      xScale: 'log',
      xText: count,
      yText: (share) => `${Math.round(share * 100)} %`,
      yMax: 1,
    }),
  ]
}
