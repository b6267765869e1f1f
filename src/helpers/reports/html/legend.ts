import { styleOf } from './chart.ts'
import { html, type Markup } from './markup.ts'

/** Symbols as ECharts draws them, about the middle, 5 pixels each way. */
export const shapes = {
  circle: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z',
  rect: 'M-4 -4h8v8h-8Z',
  triangle: 'M0 -5L5 4L-5 4Z',
  diamond: 'M0 -5L5 0L0 5L-5 0Z',
  roundRect: 'M-3 -4h6q1 0 1 1v6q0 1 -1 1h-6q-1 0 -1 -1v-6q0 -1 1 -1Z',
  arrow: 'M0 -5L5 5L0 2.5L-5 5Z',
} as const

const dashes = { solid: '', dashed: '5 3', dotted: '1 3' } as const

/** What is drawn in a picture, and what it stands for. */
interface KeyEntry {
  readonly name: string
  /** In SVG, 26 by 12 pixels about the middle. */
  readonly drawing: Markup
}

/** What is what in a picture. It is no part of it, because only the browser knows how wide names are. */
export function keyOf(entries: readonly KeyEntry[]): Markup {
  return html`<ul class="legend">${entries.map(
    ({ name, drawing }) =>
      html`<li><svg aria-hidden="true" width="26" height="12" viewBox="-13 -6 26 12">${drawing}</svg>${name}</li>`,
  )}</ul>`
}

/** Which series is which, in their order. */
export function legendOf(names: readonly string[]): Markup {
  return keyOf(
    names.map((name, place) => {
      const { color, symbol, dash } = styleOf(place)
      const drawing = html`<path d="M-13 0H13" stroke="${color}" stroke-width="1.5" stroke-dasharray="${dashes[dash]}"/><path d="${shapes[symbol]}" fill="${color}"/>`
      return { name, drawing }
    }),
  )
}
