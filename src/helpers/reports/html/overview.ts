import { restsOnScatter } from '../../budgets/verdict.ts'
import type { CompletedMeasurement } from '../../measure/result.ts'
import { count, percent, signedPercent } from '../figures.ts'
import { verdictsWorstFirst } from '../history/run-digest.ts'
import {
  allocatedBytes,
  changeAgainstReference,
  firstCounts,
  requestsPerSecond,
  sentBytes,
  shareOf,
} from '../measured-figures.ts'
import { html, type Markup } from './markup.ts'
import { nameOfShown, type ShownEntry } from './shown-entry.ts'
import { verdictMark } from './verdict-mark.ts'
import { sizeOf } from './worst-list.ts'

/** Columns of names, which begin at the left; figures end at the right. */
const textHeads: readonly string[] = ['client', 'scenario', 'machine', 'verdict']
const figureHeads = ['against reference', 'of http', 'requests/s', 'kB/req', 'sent B/req', 'conns'] as const

/** Clients and scenarios, the worst first, with their figures; the script of the page filters and sorts it. */
export function overviewTable(entries: readonly ShownEntry[]): Markup {
  const ranked = entries.toSorted((one, other) => rankOf(one) - rankOf(other))
  const kinds = verdictsWorstFirst.filter((kind) => entries.some(({ worst }) => worst === kind))
  const several = entries.some(({ machine }) => machine !== undefined)
  const heads = ['client', 'scenario', ...(several ? ['machine'] : []), 'verdict', 'budgets', ...figureHeads]
  return html`<div class="controls" hidden>
<label>client or scenario<input id="filter-text" type="search" autocomplete="off"></label>
<label>verdict<select id="filter-verdict"><option value="">all</option>${kinds.map((kind) => html`<option>${kind}</option>`)}</select></label>
<output id="shown" for="filter-text filter-verdict"></output>
</div>
<div class="scroll tall" tabindex="0" role="group" aria-label="Overview, a table"><table>
<thead><tr>${heads.map((head) => html`<th scope="col"${textHeads.includes(head) ? html` class="text"` : undefined}>${head}</th>`)}</tr></thead>
<tbody>${ranked.map(rowOf)}</tbody></table></div>`
}

/** The worst kind first, and of a kind what is nearest to being worse, or furthest beyond. */
function rankOf({ worst, verdicts }: ShownEntry): number {
  const size = Math.max(0, ...verdicts.filter(restsOnScatter).map(sizeOf))
  return verdictsWorstFirst.indexOf(worst) - Math.min(0.99, size / 100)
}

interface Cell {
  readonly text: string
  /** What it is sorted by; what has none is below everything. */
  readonly value?: number | undefined
}

function rowOf(entry: ShownEntry): Markup {
  const { measurement, verdicts, worst, machine, anchor } = entry
  const cells = measurement.state === 'invalid' ? figureHeads.map(() => none) : figuresOf(measurement, entry)
  return html`<tr data-section="${anchor}" data-name="${nameOfShown(entry)}" data-verdict="${worst}"><th scope="row"><a href="#${anchor}">${measurement.client}</a></th><td class="text">${measurement.scenario}</td>${machine === undefined ? undefined : html`<td class="text long">${machine}</td>`}<td class="text" data-value="${-verdictsWorstFirst.indexOf(worst)}">${verdictMark(worst)}</td><td data-value="${verdicts.length}">${verdicts.length}</td>${cells.map(({ text, value }) => html`<td data-value="${value}">${text}</td>`)}</tr>
`
}

const none: Cell = { text: '–' }

function figuresOf(measurement: CompletedMeasurement, { verdicts }: ShownEntry): readonly Cell[] {
  const inWords = (value: number | undefined, text: (value: number) => string): Cell =>
    value === undefined ? none : { text: text(value), value }
  return [
    changeCell(measurement, verdicts),
    inWords(shareOf(measurement.load, measurement.client, 'http'), percent),
    inWords(requestsPerSecond(measurement), count),
    inWords(allocatedBytes(measurement), (bytes) => (bytes / 1e3).toFixed(1)),
    inWords(sentBytes(measurement), count),
    inWords(firstCounts(measurement)?.connections, count),
  ]
}

function changeCell(measurement: CompletedMeasurement, verdicts: ShownEntry['verdicts']): Cell {
  const { pair } = measurement
  const change = changeAgainstReference(measurement, verdicts)
  if (pair.state !== 'measured' || change === undefined)
    return pair.state === 'same files' ? { text: 'same files' } : none
  return { text: `${signedPercent(change.estimate)}${pair.sameFiles ? ' A/A' : ''}`, value: change.estimate }
}
