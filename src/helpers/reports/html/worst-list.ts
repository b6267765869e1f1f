import type { Verdict } from '../../budgets/verdict.ts'
import { intervalInUnit } from '../figures.ts'
import type { Lacks } from '../lacks.ts'
import { type NotPassed, notPassed } from '../not-passed.ts'
import { differenceText } from '../verdict-message.ts'
import { html, type Markup } from './markup.ts'
import { comparedIn, nameOfShown, type ShownEntry } from './shown-entry.ts'
import { toneOf, verdictMark } from './verdict-mark.ts'

/** As many as somebody reads at a glance; the others are a click away. */
const atAGlance = 8

/**
 * What the result lacks, because nobody knows what would stand there; then everything that did not pass, the worst first,
 * with what it differed by. Undefined where it is whole and all of it passed.
 */
export function worstList(entries: readonly ShownEntry[], { missing, cut }: Lacks): Markup | undefined {
  const lacking = [...missing, ...cut].map(
    (sentence) => html`<li class="is-bad"><span class="verdict is-bad">not whole</span>: ${sentence}</li>`,
  )
  const items = [...lacking, ...notPassed(entries).map(itemOf)]
  if (items.length === 0) return undefined
  const more = items.slice(atAGlance)
  return html`<ul class="worst">${items.slice(0, atAGlance)}</ul>
${more.length === 0 ? undefined : html`<details><summary>${more.length} more that did not pass</summary><ul class="worst">${more}</ul></details>`}`
}

function itemOf({ entry, kind, verdict, reason }: NotPassed<ShownEntry>): Markup {
  const when = entry.measuredAt === undefined ? '' : ` (measured ${entry.measuredAt})`
  const what = verdict === undefined ? reason : inWords(verdict)
  return html`<li class="${toneOf(kind)}">${verdictMark(kind)} <a href="#${entry.anchor}">${nameOfShown(entry)}</a>${when}: ${what}</li>`
}

function inWords(verdict: Verdict): string {
  const { budget, measured, unit, reason } = verdict
  if (measured === undefined || unit === undefined) return `${budget}: ${reason}`
  const change = differenceText(verdict)
  const parts = [
    `${change === undefined ? '' : `${change}, `}measured ${intervalInUnit(measured, unit)}`,
    ...comparedIn(verdict),
    reason,
  ]
  return `${budget}: ${parts.join('; ')}`
}
