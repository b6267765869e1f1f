import { median } from '../../statistics/summary.ts'
import { percent } from '../figures.ts'
import type { RunDigest } from '../history/run-digest.ts'
import type { Chart } from './chart.ts'
import { type Line, linesChart, type Point } from './charts/lines.ts'
import { linesCharts } from './charts/several-lines.ts'

/**
 * How clients went from run to run, as shares of the control's throughput, so that the mood of the machine divides out,
 * with versions where they changed; and the noise of the machine itself.
 *
 * @param runs On one machine, the oldest first.
 */
export function historyCharts(runs: readonly RunDigest[]): readonly Chart[] {
  if (runs.length < 2) return []
  const clients = new Set(runs.flatMap(({ entries }) => entries.map(({ client }) => client)))
  const others = [...clients].filter((client) => client !== 'http')
  return [...others.flatMap((client) => clientHistory(client, runs)), ...noise(runs)]
}

function clientHistory(client: string, runs: readonly RunDigest[]): readonly Chart[] {
  const scenarios = new Map<string, Point[]>()
  const versions = new Map<string, string>()
  for (const { startedAt, entries } of runs) {
    for (const { client: measured, scenario, ofControl, version } of entries) {
      if (measured !== client || ofControl === undefined) continue
      const points = scenarios.get(scenario) ?? []
      const isNew = version !== undefined && versions.get(scenario) !== version
      if (version !== undefined) versions.set(scenario, version)
      points.push({ x: Date.parse(startedAt), y: ofControl, ...(isNew ? { mark: version } : {}) })
      scenarios.set(scenario, points)
    }
  }
  const lines = [...scenarios]
    .filter(([, points]) => points.length > 1)
    .map(([name, points]): Line => ({ name, points: thinned(points) }))
  return linesCharts(lines, { title: `${client}: throughput as a share of http`, ...overTime('of http', runs) })
}

function noise(runs: readonly RunDigest[]): readonly Chart[] {
  const line = (name: string, figure: (run: RunDigest) => number | undefined): Line => ({
    name,
    points: runs.flatMap((run) => {
      const y = figure(run)
      return y === undefined ? [] : [{ x: Date.parse(run.startedAt), y }]
    }),
  })
  const lines = [
    line('equal code differed by', (run) => run.noise),
    line('stolen time', ({ stealShare }) => stealShare),
    line('throttled', ({ throttledShare }) => throttledShare),
  ].filter(({ points }) => points.length > 1)
  if (lines.length === 0) return []
  const thin = lines.map(({ name, points }) => ({ name, points: thinned(points) }))
  return [linesChart(thin, { title: 'noise of the machine', ...overTime('share', runs) })]
}

const dayMs = 86_400_000

/** Shares over the time at which runs began; the axis names days, or hours where there are few days. */
function overTime(yName: string, runs: readonly RunDigest[]) {
  const [first, last] = [runs[0], runs.at(-1)].map((run) => Date.parse(run?.startedAt ?? ''))
  const isLong = (last ?? 0) - (first ?? 0) > 4 * dayMs
  const xTick = (ms: number): string => (isLong ? dateText(ms).slice(5, 10) : dateText(ms).slice(11))
  return { xName: 'run', yName, xScale: 'time', xText: dateText, xTick, yText: percent } as const
}

/** Points that a line has room for; with more of them, a page about many runs would be too large to send around. */
const mostPoints = 60

/**
 * Of many points the median of each few that follow each other. What is marked stays: the mark of the first of a few, and
 * where a version changes a new few begin.
 */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostPoints) return points
  const few = Math.ceil(points.length / mostPoints)
  const groups: Point[][] = []
  for (const point of points) {
    const last = groups.at(-1)
    if (last === undefined || last.length === few || point.mark !== undefined) groups.push([point])
    else last.push(point)
  }
  return groups.map((group) => ({
    x: median(group.map(({ x }) => x)),
    y: median(group.map(({ y }) => y)),
    ...(group[0]?.mark === undefined ? {} : { mark: group[0].mark }),
  }))
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
