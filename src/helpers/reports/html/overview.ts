import { restsOnScatter } from '../../budgets/verdict.ts'
import type { CompletedMeasurement } from '../../measure/result.ts'
import { costColumns, ofHttp, perSecond } from '../figure-columns.ts'
import { none, signedPercent } from '../figures.ts'
import { verdictsWorstFirst } from '../history/run-digest.ts'
import { changeAgainstReference } from '../measured-figures.ts'
import { badnessOf } from '../not-passed.ts'
import { scrolling } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { nameOfShown, type ShownEntry } from './shown-entry.ts'
import { type StackedCell, type StackedColumn, type StackedRow, stackedTable } from './stacked-table.ts'
import { verdictMark } from './verdict-mark.ts'

const figureColumns = [ofHttp, perSecond, ...costColumns]

/**
 * Clients and scenarios, the worst first, with their figures; the script of the page filters and sorts them. A table for
 * each league, because figures of two leagues are about different work.
 */
export function overviewTables(entries: readonly ShownEntry[]): Markup {
  const ranked = entries.toSorted((one, other) => rankOf(one) - rankOf(other))
  const kinds = verdictsWorstFirst.filter((kind) => entries.some(({ worst }) => worst === kind))
  const leagues = Map.groupBy(ranked, ({ measurement }) => measurement.league)
  const several = entries.some(({ machine }) => machine !== undefined)
  return html`<div class="controls" hidden>
<label>client or scenario<input id="filter-text" type="search" autocomplete="off"></label>
<label>verdict<select id="filter-verdict"><option value="">all</option>${kinds.map((kind) => html`<option>${kind}</option>`)}</select></label>
<output id="shown" for="filter-text filter-verdict"></output><span id="filtered-by"></span>
</div>
${[...leagues].map(([league, group]) => html`<div class="league">${leagues.size === 1 ? undefined : html`<h3>${league}</h3>`}${tableOf(`Overview, ${league}`, group, several)}</div>`)}`
}

function tableOf(name: string, entries: readonly ShownEntry[], several: boolean): Markup {
  const columns: readonly StackedColumn[] = [
    { head: 'client', isText: true },
    { head: 'scenario', isText: true },
    ...(several ? [{ head: 'machine', isText: true }] : []),
    { head: 'verdict', isText: true },
    { head: 'budgets' },
    { head: 'against reference' },
    ...figureColumns.map(({ head }) => ({ head })),
  ]
  return scrolling(name, stackedTable({ name, className: 'overview' }, columns, entries.map(rowOf)), 'tall')
}

/** The worst kind first, and of a kind what is nearest to being worse, or furthest beyond. */
function rankOf({ worst, verdicts }: ShownEntry): number {
  const badness = Math.max(0, ...verdicts.filter(restsOnScatter).map(badnessOf))
  return verdictsWorstFirst.indexOf(worst) - Math.min(0.99, badness / 100)
}

function rowOf(entry: ShownEntry): StackedRow {
  const { measurement, verdicts, worst, machine, anchor, measuredAt } = entry
  return {
    attributes: html` data-section="${anchor}" data-name="${nameOfShown(entry)}" data-verdict="${worst}"`,
    cells: [
      { content: html`<a href="#${anchor}">${measurement.client}</a>` },
      {
        content: [
          measurement.scenario,
          ...(measuredAt === undefined ? [] : [html`<span class="why">${measuredAt}</span>`]),
        ],
      },
      ...(machine === undefined ? [] : [{ content: machine }]),
      { content: verdictMark(worst), value: -verdictsWorstFirst.indexOf(worst) },
      { content: verdicts.length, value: verdicts.length },
      ...(measurement.state === 'invalid'
        ? [none, ...figureColumns.map(() => none)].map((content) => ({ content }))
        : [changeCell(measurement, verdicts), ...figureCells(measurement)]),
    ],
  }
}

function figureCells(measurement: CompletedMeasurement): readonly StackedCell[] {
  return figureColumns.map((column) => {
    const value = column.value(measurement)
    return { content: value === undefined ? none : column.text(value), value }
  })
}

function changeCell(measurement: CompletedMeasurement, verdicts: ShownEntry['verdicts']): StackedCell {
  const { pair } = measurement
  const change = changeAgainstReference(measurement, verdicts)
  if (pair.state !== 'measured' || change === undefined) {
    return { content: pair.state === 'same files' ? 'same files' : none }
  }
  return { content: `${signedPercent(change.estimate)}${pair.sameFiles ? ' A/A' : ''}`, value: change.estimate }
}
