import { restsOnScatter, type Verdict } from '../../budgets/verdict.ts'
import { intervalInUnit, inUnit, none } from '../figures.ts'
import { wordOf } from '../history/run-digest.ts'
import { budgetKey } from './budget-key.ts'
import { budgetSample } from './budget-sample.ts'
import { budgetChart } from './charts/budget-chart.ts'
import { figure, scrolling } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { comparedIn, nameOfShown, type ShownEntry } from './shown-entry.ts'
import { type StackedRow, stackedTable } from './stacked-table.ts'
import { verdictMark } from './verdict-mark.ts'

/** Every budget, by client and scenario: in words, and as a picture where it rests on what scatters. */
export function measurementSections(entries: readonly ShownEntry[]): Markup | undefined {
  if (entries.length === 0) return undefined
  const hasPictures = entries.some(({ verdicts }) => verdicts.some(restsOnScatter))
  return html`${hasPictures ? budgetKey : undefined}${entries.map(sectionOf)}`
}

/**
 * Closed where everything passed. The name that links lead to is inside, because browsers open what is closed for what is
 * inside of it.
 */
function sectionOf(entry: ShownEntry): Markup {
  const { measurement, verdicts, worst, anchor, measuredAt } = entry
  const name = nameOfShown(entry)
  return html`<details class="measurement" data-section="${anchor}"${worst === 'pass' || worst === 'not judged' ? undefined : open}>
<summary><h3>${name}: ${verdictMark(worst)}</h3></summary>
<div id="${anchor}">
${measuredAt === undefined ? undefined : html`<p class="muted">measured ${measuredAt}, not in the newest run</p>`}
${measurement.state === 'invalid' ? html`<p>${measurement.reason}</p>` : undefined}
${verdicts.length === 0 ? html`<p class="muted">No budgets.</p>` : budgetTable(`${name}: budgets`, verdicts)}
${chartsOf(entry, name)}
</div></details>
`
}

const open = html` open`

function chartsOf({ measurement, verdicts }: ShownEntry, name: string): Markup | undefined {
  if (measurement.state === 'invalid') return undefined
  const charts = verdicts.filter(restsOnScatter).flatMap((verdict) => {
    const chart = budgetChart(verdict, budgetSample(measurement, verdict))
    return chart === undefined ? [] : figure(chart, `${name}, ${chart.title}`)
  })
  return charts.length === 0 ? undefined : html`<div class="charts">${charts}</div>`
}

const columns = [
  { head: 'budget', isText: true },
  { head: 'verdict', isText: true },
  { head: 'measured (95 % interval)' },
  { head: 'expected' },
  { head: 'tolerates' },
  { head: 'catches' },
]

function budgetTable(name: string, verdicts: readonly Verdict[]): Markup {
  return scrolling(name, stackedTable({ name, className: 'budgets' }, columns, verdicts.map(rowOf)))
}

/** The reason stands below the verdict: in a column of its own it would be the narrowest. */
function rowOf(verdict: Verdict): StackedRow {
  const { budget, measured, unit, expected, tolerates, catches, reason } = verdict
  const value = (number: number | undefined): string =>
    number === undefined || unit === undefined ? none : inUnit(number, unit)
  const figures = [
    // The head says what interval it is.
    measured === undefined || unit === undefined
      ? none
      : intervalInUnit(measured, unit).replace('(95 % interval ', '('),
    ...[expected, tolerates, catches].map(value),
  ]
  const why = [reason, ...comparedIn(verdict)].map((line) => html`<span class="why">${line}</span>`)
  return { cells: [budget, [verdictMark(wordOf(verdict)), ...why], ...figures].map((content) => ({ content })) }
}
