import plot from 'simple-ascii-chart'
import type { Interval } from '../../helpers/statistics/interval.ts'

/** Characters of the chart's area. */
const size = { width: 61, height: 11 }

/** In per cent. The axis goes from nothing to at least here, so that charts can be laid side by side. */
const leastWidth = 15

interface Mark {
  readonly x: number
  readonly y: number
  readonly symbol: string
}

/** The share that goes red over the size of the drop, each point with its interval, as text. */
export function detectionChart(
  title: string,
  points: readonly { readonly worsening: number; readonly share: Interval }[],
): string {
  // Later marks cover earlier ones, so that an estimate stands on its interval.
  const marks = [
    ...points.flatMap(({ worsening, share }) => intervalMarks(worsening * 100, share)),
    ...points.map(({ worsening, share }): Mark => ({ x: worsening * 100, y: share.estimate * 100, symbol: '●' })),
  ]
  const drops = points.map(({ worsening }) => worsening * 100)
  const corner: Mark = { x: Math.max(leastWidth, ...drops), y: 0, symbol: '─' }
  const all = [{ ...corner, x: 0 }, corner, ...marks]
  const chart = plot(
    all.map(({ x, y }) => [[x, y]]),
    {
      ...size,
      title: `% red over the drop in %: ${title}`,
      yRange: [0, 100],
      customXAxisTicks: [0, ...drops],
      customYAxisTicks: [0, 25, 50, 75, 100],
      formatter: (value) => Math.round(value),
      lineFormatter: ({ x, y, plotX, plotY }) => {
        const symbol = all.findLast((mark) => mark.x === x && mark.y === y)?.symbol ?? ' '
        return { x: plotX, y: plotY, symbol }
      },
    },
  )
  return chart
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
}

/** A line through the interval, with a mark in every row that it crosses. */
function intervalMarks(x: number, { low, high }: Interval): Mark[] {
  const rows = Math.max(1, Math.round((high - low) * size.height))
  return Array.from({ length: rows + 1 }, (_, row) => ({
    x,
    y: (low + ((high - low) * row) / rows) * 100,
    symbol: '│',
  }))
}
