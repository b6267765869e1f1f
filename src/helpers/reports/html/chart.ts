import {
  BarChart,
  type EChartsCoreOption,
  GridComponent,
  init,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  use,
} from './chart-library.ts'
import { html, Markup } from './markup.ts'

use([BarChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, SVGRenderer])

/** Colours as the page names them, so that one picture serves both themes. */
export const colors = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  bad: 'var(--bad)',
  paper: 'var(--paper)',
  /** Of what there is one of. */
  main: 'var(--series-1)',
} as const

const seriesColors = 6
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow'] as const
const dashes = ['solid', 'dashed', 'dotted'] as const

/**
 * How the series at a place is told from the others: by its colour, and by its shape for who does not tell those. Where
 * colours come again, shapes and dashes are others.
 */
export function styleOf(place: number) {
  const round = Math.floor(place / seriesColors)
  return {
    color: `var(--series-${(place % seriesColors) + 1})`,
    symbol: symbols[(place + round) % symbols.length] ?? 'circle',
    dash: dashes[round % dashes.length] ?? 'solid',
  }
}

/** A picture with what it shows in words and as a table. */
export interface Chart {
  readonly title: string
  /** Which series is which; absent where there is one, or where names stand at what is drawn. */
  readonly legend?: Markup
  /** With what it shows in words, for who does not see it. */
  readonly picture: Markup
  readonly table: ChartTable
}

/** The figures of a chart. */
export interface ChartTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** In CSS pixels: as wide as the narrowest screen has room for, so that text is as large as the page's. */
export const chartWidth = 328

/** An axis of figures or names in the page's colours. */
export function axis(name: string, more: object = {}): object {
  return {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: colors.muted },
    axisLabel: { color: colors.muted, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: colors.line } },
    axisTick: { lineStyle: { color: colors.line } },
    splitLine: { lineStyle: { color: colors.line, opacity: 0.5 } },
    ...more,
  }
}

/** What ECharts writes for a script that follows the pointer, a third of a picture. In names, quotes and angles are escaped. */
const hoverStyle = /<style[^>]*>.*?<\/style>/gs
const unusedAttributes =
  / (?:class|pointer-events|xml:space|ecmeta_\w+|xmlns(?::xlink)?|version|baseProfile|dominant-baseline)="[^"]*"/g

/** What the style of the page says of every picture, once; and how SVG is written in HTML, where it needs fewer words. */
const sameInAll = /font-family:inherit;| fill="none"|\n/g
const endTags = /><\/(?:path|rect)>/g
const gridLine = ' stroke="var(--line)" stroke-opacity="0.5"'

/** Where shapes stand, to a tenth of a pixel, which is as much as anybody sees. */
const places = / (?:d|transform)="[^"]*"/g

/** Draws a chart as SVG. @param description In words, read out in the picture's place. */
export function drawn(option: EChartsCoreOption, description: string, heightPx: number): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: chartWidth, height: heightPx })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option })
    const svg = chart.renderToSVGString({ useViewBox: true })
    const { text } = html`<svg role="img" aria-label="${description}" `
    // By a function, because names may hold what means something in a replacement.
    return new Markup(
      svg
        .replace('<svg ', () => text)
        .replace(hoverStyle, '')
        .replace(unusedAttributes, '')
        .replace(sameInAll, '')
        .replaceAll(' style="font-size:12px;"', '')
        .replaceAll(gridLine, ' class="grid"')
        .replace(endTags, '/>')
        .replace(places, (attribute) => attribute.replace(/(\.\d)\d+/g, '$1')),
    )
  } finally {
    chart.dispose()
  }
}
