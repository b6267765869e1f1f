import { axis, type Chart, colors, drawn } from '../chart.ts'

/** A figure of a client. */
export interface Bar {
  readonly client: string
  readonly value: number
  /** The value in its unit. */
  readonly text: string
  /** Bounds of the value; absent where it has no interval. */
  readonly bounds?: { readonly low: number; readonly high: number }
}

/** Clients beside each other by one figure, the largest on top. */
export function barChart(title: string, bars: readonly Bar[]): Chart {
  const ranked = bars.toSorted((one, other) => one.value - other.value)
  const description = `${title}: ${ranked
    .toReversed()
    .map(({ client, text }) => `${client} ${text}`)
    .join(', ')}`
  const label = { show: true, position: 'right', color: colors.ink, fontSize: 11 } as const
  const picture = drawn(
    {
      grid: { left: 116, right: 56, top: 8, bottom: 8 },
      xAxis: {
        type: 'value',
        min: 0,
        max: Math.max(...ranked.map(({ value, bounds }) => bounds?.high ?? value)),
        show: false,
      },
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
          data: ranked.map(({ value, text, bounds }) => ({
            value,
            label: { ...label, show: bounds === undefined, formatter: () => text },
          })),
          itemStyle: { color: colors.main },
        },
        ...ranked.flatMap(({ text, bounds }, place) =>
          bounds === undefined ? [] : [boundsSeries(bounds, place, { ...label, formatter: () => text })],
        ),
      ],
    },
    description,
    24 + 24 * ranked.length,
  )
  return {
    title,
    picture,
    table: { head: ['client', title], rows: ranked.toReversed().map(({ client, text }) => [client, text]) },
  }
}

/** A whisker over the bar at a place, with a label where it ends. */
function boundsSeries({ low, high }: NonNullable<Bar['bounds']>, place: number, label: object): object {
  return {
    type: 'line',
    clip: false,
    data: [[low, place], { value: [high, place], label }],
    symbol: 'rect',
    symbolSize: [2, 10],
    // Seen over the bar and beside it.
    lineStyle: { color: colors.ink, width: 1.5 },
    itemStyle: { color: colors.ink },
  }
}
