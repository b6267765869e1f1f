import type { Chart, ChartTable } from './chart.ts'
import { html, type Markup } from './markup.ts'

/** A chart with its title, and its figures as a table behind it. */
export function figure({ title, legend, picture, table }: Chart): Markup {
  return html`<figure><figcaption>${title}</figcaption>${legend}${picture}
<details><summary>Figures as a table<span class="unseen">: ${title}</span></summary>${tableOf(table)}</details></figure>
`
}

/** Something in a frame that scrolls where the screen is too narrow, by keyboard too. @param label For who does not see it. */
export function scrolling(label: string, content: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`
}

function tableOf({ head, rows }: ChartTable): Markup {
  return scrolling(
    'Table',
    html`<table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first = '', ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`,
  )
}
