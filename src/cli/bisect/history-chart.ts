import plot from 'simple-ascii-chart'
import { changeText } from '../../helpers/reports/comparison-words.ts'
import { count } from '../../helpers/reports/figures.ts'
import { plainTable } from '../../helpers/reports/plain-table.ts'
import { withPlainTexts } from '../../helpers/reports/plain-text.ts'
import type { Interval } from '../../helpers/statistics/interval.ts'

/** What one version was like. */
export interface HistoryPoint {
  readonly version: string
  /** Ratio of throughput to that of the newest version; absent where it could not be measured. */
  readonly throughput?: Interval
  /** Bytes allocated per request; absent where it could not be measured, or Node cannot tell. */
  readonly allocatedBytes?: number
  /** Why there is no throughput, in words. */
  readonly reason?: string
}

/** Rows of a chart's area, and columns for each version at least. */
const height = 9
const leastColumns = 4
const leastWidth = 40

/**
 * The history of a client as text: a chart of throughput, in per cent of the newest version's, one of allocation, in
 * kilobytes a request, and a table that says which version each number below the charts is.
 *
 * @param points In the order of the versions.
 */
export function historyChart(points: readonly HistoryPoint[]): string {
  const named = withPlainTexts(points)
  const throughput = named.map((point) => scaled(point.throughput?.estimate, 100))
  const allocation = named.map(({ allocatedBytes }) => scaled(allocatedBytes, 1 / 1_000))
  return [
    chartOf('throughput, % of the newest version', throughput),
    chartOf('allocated, kB per request', allocation),
    plainTable(['', 'version', 'against the newest', 'B/req'], named.map(rowOf), ['version']),
  ].join('\n\n')
}

function scaled(value: number | undefined, scale: number): number | undefined {
  return value === undefined ? undefined : value * scale
}

function rowOf({ version, throughput, allocatedBytes }: HistoryPoint, index: number): string[] {
  const change = throughput === undefined ? 'not measured' : changeText({ throughput })
  return [String(index + 1), version, change, allocatedBytes === undefined ? '–' : count(allocatedBytes)]
}

/** From nothing on, so that the height of a point is its size; a dot for each version, a gap for what was not measured. */
function chartOf(title: string, values: readonly (number | undefined)[]): string {
  const marks = values.flatMap((y, index) => (y === undefined ? [] : { x: index + 1, y }))
  if (marks.length === 0) return `${title}: nothing was measured`
  const highest = Math.max(...marks.map(({ y }) => y))
  const corners = [
    { x: 0, y: 0 },
    { x: values.length, y: 0 },
  ]
  const chart = plot(
    [...corners, ...marks].map(({ x, y }) => [[x, y]]),
    {
      title,
      height,
      width: Math.max(leastWidth, leastColumns * values.length),
      yRange: [0, highest],
      customXAxisTicks: values.map((_, index) => index + 1),
      customYAxisTicks: [0, highest / 2, highest],
      formatter: (value) => Math.round(value),
      lineFormatter: ({ x, y, plotX, plotY }) => ({
        x: plotX,
        y: plotY,
        symbol: marks.some((mark) => mark.x === x && mark.y === y) ? '●' : ' ',
      }),
    },
  )
  return chart
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
}
