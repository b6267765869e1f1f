import { axis, type Chart, colors, drawn } from '../chart.ts'

/** A figure of a client. */
export interface Bar {
  readonly client: string
  readonly value: number
  /** The value in its unit. */
  readonly text: string
}

/** Clients beside each other by one figure, the largest on top. */
export function barChart(title: string, bars: readonly Bar[]): Chart {
  const ranked = bars.toSorted((one, other) => one.value - other.value)
  const description = `${title}: ${ranked
    .toReversed()
    .map(({ client, text }) => `${client} ${text}`)
    .join(', ')}`
  const picture = drawn(
    {
      grid: { left: 116, right: 56, top: 8, bottom: 8 },
      xAxis: { type: 'value', min: 0, show: false },
      yAxis: axis('', {
        type: 'category',
        data: ranked.map(({ client }) => client),
        splitLine: { show: false },
        axisLabel: { color: colors.ink, fontSize: 11, width: 108, overflow: 'truncate', interval: 0 },
      }),
      series: [
        {
          type: 'bar',
          barMaxWidth: 16,
          data: ranked.map(({ value, text }) => ({ value, label: { formatter: () => text } })),
          itemStyle: { color: colors.main },
          label: { show: true, position: 'right', color: colors.ink, fontSize: 11 },
        },
      ],
    },
    description,
    24 + 24 * ranked.length,
  )
  return {
    title,
    description,
    picture,
    table: { head: ['client', title], rows: ranked.toReversed().map(({ client, text }) => [client, text]) },
  }
}
