import type { Chart } from './chart.ts'
import { figure } from './figure.ts'
import { html, type Markup } from './markup.ts'

/** Charts that belong together. */
export interface ChartGroup {
  /** What they are about where there are several groups, such as a machine. */
  readonly title?: string
  /** What is to be known about all of them, a sentence each. */
  readonly notes?: readonly string[]
  readonly charts: readonly Chart[]
}

/** Groups of charts one after the other; undefined where there is nothing in them. */
export function chartGroups(groups: readonly ChartGroup[]): Markup | undefined {
  const present = groups.filter(({ notes = [], charts }) => notes.length + charts.length > 0)
  return present.length === 0 ? undefined : html`${present.map(groupOf)}`
}

function groupOf({ title, notes = [], charts }: ChartGroup): Markup {
  const figures = charts.map((chart) => figure(chart, title === undefined ? chart.title : `${chart.title}, ${title}`))
  return html`${title === undefined ? undefined : html`<h3>${title}</h3>`}
${notes.map((note) => html`<p class="muted">${note}</p>`)}
${figures.length === 0 ? undefined : html`<div class="charts">${figures}</div>`}`
}
