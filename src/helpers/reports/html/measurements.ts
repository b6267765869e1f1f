import { restsOnScatter, type Verdict } from '../../budgets/verdict.ts'
import { intervalInUnit, inUnit } from '../figures.ts'
import { budgetSample } from './budget-sample.ts'
import { budgetChart } from './charts/budget-chart.ts'
import { figure, scrolling } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { nameOfShown, type ShownEntry } from './shown-entry.ts'
import { verdictMark } from './verdict-mark.ts'

/** Every budget, by client and scenario: in words, and as a picture where it rests on what scatters. */
export function measurementSections(entries: readonly ShownEntry[]): Markup | undefined {
  return entries.length === 0 ? undefined : html`${entries.map(sectionOf)}`
}

/**
 * Closed where everything passed. The name that links lead to is inside, because browsers open what is closed for what is
 * inside of it.
 */
function sectionOf(entry: ShownEntry): Markup {
  const { measurement, verdicts, worst, anchor } = entry
  const charts =
    measurement.state === 'invalid'
      ? []
      : verdicts
          .filter(restsOnScatter)
          .flatMap((verdict) => budgetChart(verdict, budgetSample(measurement, verdict)) ?? [])
  return html`<details class="measurement" data-section="${anchor}"${worst === 'pass' || worst === 'not judged' ? undefined : open}>
<summary><h3>${nameOfShown(entry)}: ${verdictMark(worst)}</h3></summary>
<div id="${anchor}">
${measurement.state === 'invalid' ? html`<p>${measurement.reason}</p>` : undefined}
${verdicts.length === 0 ? html`<p class="muted">No budgets.</p>` : budgetTable(verdicts)}
${charts.length === 0 ? undefined : html`<div class="charts">${charts.map(figure)}</div>`}
</div></details>
`
}

const open = html` open`

const heads = ['budget', 'verdict', 'measured (95 % interval)', 'expected', 'tolerates', 'catches']

function budgetTable(verdicts: readonly Verdict[]): Markup {
  return scrolling(
    'Budgets, a table',
    html`<table class="budgets"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${verdicts.map(rowOf)}</tbody></table>`,
  )
}

/** The reason stands below the name: in a column of its own it would be the narrowest. */
function rowOf({ budget, state, blind, measured, unit, expected, tolerates, catches, reason }: Verdict): Markup {
  const value = (number: number | undefined): string =>
    number === undefined || unit === undefined ? '–' : inUnit(number, unit)
  const figures = [
    // The head says what interval it is.
    measured === undefined || unit === undefined ? '–' : intervalInUnit(measured, unit).replace('(95 % interval ', '('),
    ...[expected, tolerates, catches].map(value),
  ]
  return html`<tr><th scope="row">${budget}<span class="why">${reason}</span></th><td>${verdictMark(blind ? 'blind' : state)}</td>${figures.map((text) => html`<td>${text}</td>`)}</tr>`
}
