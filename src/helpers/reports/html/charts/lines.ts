import { axis, type Chart, colors, drawn, styleOf } from '../chart.ts'
import { legendOf } from '../legend.ts'

/** A point of a line. */
export interface Point {
  /** A number, or a moment in milliseconds since 1970 on an axis of time. */
  readonly x: number
  readonly y: number
  /** Stands above the point, such as a version that is new there. */
  readonly mark?: string
}

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

/** How a chart of lines is drawn, and how its figures are written. */
export interface LinesOptions {
  readonly title: string
  readonly xName: string
  readonly yName: string
  readonly xScale: 'value' | 'log' | 'time'
  readonly xText: (x: number) => string
  readonly yText: (y: number) => string
  /** How the axis is written, where figures need less room. Default: as `xText` has it. */
  readonly xTick?: (x: number) => string
  /** Where the axis ends. Default: beyond the largest. */
  readonly yMax?: number
}

/** Lines over a common axis, told apart by colour and shape. */
export function linesChart(lines: readonly Line[], options: LinesOptions): Chart {
  const { title, xName, yName, xScale, xText, yText, xTick = xText, yMax } = options
  const described = lines.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)]
    if (first === undefined || last === undefined) return name
    return `${name} from ${yText(first.y)} at ${xText(first.x)} to ${yText(last.y)} at ${xText(last.x)}`
  })
  const description = `${title}: ${described.join('; ')}`
  const picture = drawn(
    {
      grid: { left: 52, right: 16, top: 20, bottom: 44 },
      xAxis: axis(xName, {
        // Moments are figures: an axis of time has labels of a size of its own, which stand on each other here.
        type: xScale === 'time' ? 'value' : xScale,
        nameGap: 28,
        min: 'dataMin',
        max: 'dataMax',
        splitNumber: 4,
        axisLabel: {
          color: colors.muted,
          fontSize: 11,
          hideOverlap: true,
          formatter: (value: number) => xTick(value),
        },
      }),
      yAxis: axis(yName, {
        type: 'value',
        min: 0,
        ...(yMax === undefined ? {} : { max: yMax, interval: yMax / 4 }),
        nameGap: 40,
        splitNumber: 4,
        axisLabel: { color: colors.muted, formatter: (value: number) => yText(value) },
      }),
      series: lines.map((line, place) => ({
        ...seriesOf(line, place),
        ...(place === 0 ? { markLine: marksOf(lines) } : {}),
      })),
    },
    description,
    220,
  )
  return {
    title,
    legend: legendOf(lines.map(({ name }) => name)),
    picture,
    table: {
      head: [xName, ...lines.map(({ name }) => name)],
      rows: rowsOf(lines).map(({ x, cells }) => [
        xText(x),
        ...cells.map((point) =>
          point === undefined ? '–' : `${yText(point.y)}${point.mark === undefined ? '' : ` (${point.mark})`}`,
        ),
      ]),
    },
  }
}

/** More shapes hide a line, and make a page about many runs too large; fewer do not tell it from others. */
const mostShapes = 8

/** What is marked, once for all lines; not where a line begins, because nothing changes there. */
function marksOf(lines: readonly Line[]): object {
  const marked = lines.flatMap(({ points }) => points.slice(1).filter(({ mark }) => mark !== undefined))
  const marks = new Map(marked.map(({ x, mark = '' }) => [JSON.stringify([x, mark]), { x, mark }]))
  return {
    silent: true,
    symbol: 'none',
    precision: 12,
    lineStyle: { color: colors.muted, type: 'dashed', width: 1 },
    data: [...marks.values()].map(({ x, mark }) => ({
      xAxis: x,
      label: { formatter: () => mark, color: colors.ink, fontSize: 10, position: 'end' },
    })),
  }
}

function seriesOf({ name, points }: Line, place: number): object {
  const { color, symbol, dash } = styleOf(place)
  const few = Math.ceil(points.length / mostShapes)
  return {
    type: 'line',
    clip: false,
    name,
    symbolSize: 7,
    lineStyle: { color, type: dash, width: 1.5 },
    itemStyle: { color },
    data: points.map(({ x, y, mark }, place) => ({
      value: [x, y],
      symbol: mark !== undefined || place % few === 0 ? symbol : 'none',
    })),
  }
}

function rowsOf(lines: readonly Line[]) {
  const all = new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))
  return [...all]
    .toSorted((one, other) => one - other)
    .map((x) => ({ x, cells: lines.map(({ points }) => points.find((point) => point.x === x)) }))
}
