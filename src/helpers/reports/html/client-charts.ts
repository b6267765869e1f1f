import type { CompletedMeasurement } from '../../measure/result.ts'
import type { Entry } from '../../session/entry.ts'
import { mean } from '../../statistics/summary.ts'
import { count, kilobytes } from '../figures.ts'
import {
  allocatedBytes,
  burstMs,
  firstCounts,
  pointsOf,
  requestsPerSecond,
  requestsPerSecondAt,
  sentBytes,
} from '../measured-figures.ts'
import type { Chart } from './chart.ts'
import { type Bar, barChart } from './charts/bars.ts'
import { scatterChart } from './charts/scatter.ts'
import { linesCharts } from './charts/several-lines.ts'

/** The scenario whose costs stand for what a request costs where it was measured: small, and several at once, as most are. */
const typicalScenario = 'small-4'

/** Clients beside each other: what a request costs, throughput against allocation, bursts, and the sweep. */
export function clientCharts(entries: readonly Entry[]): readonly Chart[] {
  const completed = entries.flatMap(({ measurement }) =>
    measurement.state === 'completed' && measurement.league === 'equalised' ? [measurement] : [],
  )
  const bursts = Map.groupBy(
    completed.filter(({ loadShape }) => loadShape === 'bursts'),
    ({ scenario }) => scenario,
  )
  const sweeps = Map.groupBy(completed.filter(isSwept), ({ scenario }) => scenario)
  return [
    ...costs(alikeOf(completed)),
    ...[...bursts].flatMap(([scenario, group]) =>
      bars(
        `ms a burst, ${scenario}`,
        group,
        (each) => burstMs(each, mean),
        (ms) => ms.toFixed(1),
      ),
    ),
    ...[...sweeps].flatMap(([scenario, group]) => sweep(scenario, group)),
  ]
}

/** Measurements under the one scenario that clients are compared by; without the typical one, that of most clients. */
function alikeOf(completed: readonly CompletedMeasurement[]): readonly CompletedMeasurement[] {
  const byScenario = Map.groupBy(
    completed.filter(({ loadShape }) => loadShape === undefined),
    ({ scenario }) => scenario,
  )
  const [most = []] = [...byScenario.values()].toSorted((one, other) => other.length - one.length)
  return byScenario.get(typicalScenario) ?? most
}

function costs(alike: readonly CompletedMeasurement[]): readonly Chart[] {
  const scenario = alike[0]?.scenario
  if (scenario === undefined) return []
  return [
    ...bars(`kB allocated per request, ${scenario}`, alike, allocatedBytes, kilobytes),
    ...bars(`bytes sent per request, ${scenario}`, alike, sentBytes, count),
    ...bars(`connections, ${scenario}`, alike, (each) => firstCounts(each)?.connections, count),
    ...throughputAgainstAllocation(scenario, alike),
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

function throughputAgainstAllocation(
  scenario: string,
  measurements: readonly CompletedMeasurement[],
): readonly Chart[] {
  const dots = measurements.flatMap((measurement) => {
    const [x, y] = [allocatedBytes(measurement), requestsPerSecond(measurement)]
    return x === undefined || y === undefined ? [] : [{ client: measurement.client, x, y }]
  })
  if (dots.length === 0) return []
  return [
    scatterChart(dots, {
      title: `throughput against allocation, ${scenario}`,
      xName: 'kB allocated per request',
      yName: 'requests/s',
      xText: (bytes) => (bytes / 1e3).toFixed(0),
      yText: count,
    }),
  ]
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
  return linesCharts(lines, {
    title: `${scenario}: throughput as a share of the client’s best`,
    xName: scenario === 'sweep' ? 'in flight' : 'handlers',
    yName: 'of its best',
    xScale: 'log',
    xText: count,
    yText: (share) => `${Math.round(share * 100)} %`,
    yMax: 1,
  })
}
