import type { Chart } from '../chart.ts'
import { type Line, type LinesOptions, linesChart } from './lines.ts'

/** Lines that one chart holds before nobody can follow them. */
const mostLines = 6

/** Lines over a common axis, in as many charts as they can be followed in; none without a line. */
export function linesCharts(lines: readonly Line[], options: LinesOptions): readonly Chart[] {
  const charts = Math.ceil(lines.length / mostLines)
  return Array.from({ length: charts }, (_, place) =>
    linesChart(lines.slice(place * mostLines, (place + 1) * mostLines), {
      ...options,
      title: `${options.title}${charts === 1 ? '' : `, ${place + 1} of ${charts}`}`,
    }),
  )
}
