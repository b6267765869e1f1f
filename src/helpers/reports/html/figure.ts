import type { Chart, ChartTable } from './chart.ts'
import { html, type Markup } from './markup.ts'

/**
 * A chart with its title, and its figures as a table behind it.
 *
 * @param name What tells it from others of its title, for who hears the names of tables one after the other.
 */
export function figure({ title, legend, picture, table }: Chart, name = title): Markup {
  return html`<figure><figcaption>${title}</figcaption>${legend}${picture}
<details><summary>Figures as a table<span class="unseen">: ${name}</span></summary>${tableOf(table, `${name}: figures`)}</details></figure>
`
}

/**
 * Something in a frame that scrolls where the screen is too narrow, by keyboard too.
 *
 * @param name For who does not see it.
 * @param more A class beside its own.
 */
export function scrolling(name: string, content: Markup, more = ''): Markup {
  return html`<div class="scroll ${more}" tabindex="0" role="group" aria-label="${name}, to be scrolled">${content}</div>`
}

function tableOf({ head, rows }: ChartTable, name: string): Markup {
  return scrolling(
    name,
    html`<table><caption class="unseen">${name}</caption><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first = '', ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`,
  )
}
