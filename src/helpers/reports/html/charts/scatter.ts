import { axis, type Chart, chartWidth, colors, drawn, styleOf } from '../chart.ts'
import { type Label, placed } from './label-places.ts'

/** A client by two figures. */
interface Dot {
  readonly client: string
  readonly x: number
  readonly y: number
}

/** Names of the axes, and how figures are written. */
interface ScatterOptions {
  readonly title: string
  readonly xName: string
  readonly yName: string
  readonly xText: (x: number) => string
  readonly yText: (y: number) => string
}

const heightPx = 300
const marginPx = { left: 56, right: 20, top: 16, bottom: 44 } as const
const plotWidth = chartWidth - marginPx.left - marginPx.right
const plotHeight = heightPx - marginPx.top - marginPx.bottom

/** So wide is a letter of a label at most, in pixels; of 11 pixels, in the fonts that systems have for their windows. */
const letterPx = 7

/** Clients by two figures, each with its name. */
export function scatterChart(dots: readonly Dot[], { title, xName, yName, xText, yText }: ScatterOptions): Chart {
  const description = `${title}: ${dots.map(({ client, x, y }) => `${client} ${yText(y)} at ${xText(x)}`).join('; ')}`
  // A bit more than the largest, so that what stands there is inside.
  const [xMax, yMax] = [Math.max(...dots.map(({ x }) => x)) * 1.05, Math.max(...dots.map(({ y }) => y)) * 1.05]
  const labels = dots.map(({ client, x, y }): Label => {
    const [at, middle] = [(plotWidth * x) / xMax, plotHeight * (1 - y / yMax)]
    const width = client.length * letterPx + 10
    const isLeft = at + width > plotWidth + marginPx.right
    // From below: those that stand on others are moved up, where the slow ones, which are many, have room.
    return { from: isLeft ? at - width : at, to: isLeft ? at : at + width, y: -middle }
  })
  const shifts = placed(labels).map((y, place) => (labels[place]?.y ?? y) - y)
  const scale = { type: 'value', min: 0, splitNumber: 4 } as const
  const axisLabel = { color: colors.muted, showMaxLabel: false }
  const picture = drawn(
    {
      grid: marginPx,
      xAxis: axis(xName, { ...scale, max: xMax, nameGap: 28, axisLabel: { ...axisLabel, formatter: xText } }),
      yAxis: axis(yName, { ...scale, max: yMax, nameGap: 44, axisLabel: { ...axisLabel, formatter: yText } }),
      series: dots.map(({ client, x, y }, place) => ({
        type: 'scatter',
        data: [[x, y]],
        symbol: styleOf(place).symbol,
        symbolSize: 10,
        itemStyle: { color: styleOf(place).color, opacity: 1 },
        label: {
          show: true,
          formatter: () => client,
          position: (labels[place]?.to ?? 0) > (plotWidth * x) / xMax ? 'right' : 'left',
          offset: [0, shifts[place] ?? 0],
          color: colors.ink,
          fontSize: 11,
        },
      })),
    },
    description,
    heightPx,
  )
  return {
    title,
    picture,
    table: { head: ['client', xName, yName], rows: dots.map(({ client, x, y }) => [client, xText(x), yText(y)]) },
  }
}
