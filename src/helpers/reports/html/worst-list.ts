import type { Verdict } from '../../budgets/verdict.ts'
import type { Entry } from '../../session/entry.ts'
import { count, intervalInUnit, signedPercent } from '../figures.ts'
import { verdictsWorstFirst, worstOf } from '../history/run-digest.ts'
import { html, type Markup } from './markup.ts'
import { nameOfShown, type ShownEntry } from './shown-entry.ts'
import { toneOf, verdictMark } from './verdict-mark.ts'

/** As many as somebody reads at a glance; the others are a click away. */
const atAGlance = 8

/** The result in one line: how many budgets are red, or that none is. */
export function headline(entries: readonly Entry[]): string {
  const verdicts = entries.flatMap((entry) => entry.verdicts)
  const red = verdicts.filter(({ state, sameFiles }) => state === 'regressed' && !sameFiles).length
  const invalid = entries.filter(({ measurement }) => measurement.state === 'invalid').length
  const open = verdicts.filter(({ state }) => state === 'inconclusive').length
  const all = `${count(verdicts.length)} budgets`
  const found = [
    ...(red === 0 ? [] : [`${red} of ${all} regressed`]),
    ...(invalid === 0 ? [] : [`${invalid} of ${entries.length} measurements invalid`]),
    ...(open === 0 ? [] : [`${open} inconclusive`]),
  ]
  if (red + invalid > 0) return found.join(', ')
  return [`Nothing regressed: ${all} of ${count(entries.length)} measurements`, ...found].join(', ')
}

/** Everything that did not pass, the worst first, with what it differed by; undefined where all did. */
export function worstList(entries: readonly ShownEntry[]): Markup | undefined {
  const items = entries
    .flatMap((entry) => {
      const { measurement, verdicts } = entry
      if (measurement.state === 'invalid')
        return [{ entry, kind: 'invalid' as const, size: 0, what: measurement.reason }]
      return verdicts.map((verdict) => ({
        entry,
        kind: worstOf({ measurement, verdicts: [verdict] }),
        size: sizeOf(verdict),
        what: inWords(verdict),
      }))
    })
    .filter(({ kind }) => kind !== 'pass')
    .toSorted(
      (one, other) =>
        verdictsWorstFirst.indexOf(one.kind) - verdictsWorstFirst.indexOf(other.kind) || other.size - one.size,
    )
    .map(
      ({ entry, kind, what }) =>
        html`<li class="${toneOf(kind)}">${verdictMark(kind)} <a href="#${entry.anchor}">${nameOfShown(entry)}</a>: ${what}</li>`,
    )
  if (items.length === 0) return undefined
  const more = items.slice(atAGlance)
  return html`<ul class="worst">${items.slice(0, atAGlance)}</ul>
${more.length === 0 ? undefined : html`<details><summary>${more.length} more that did not pass</summary><ul class="worst">${more}</ul></details>`}`
}

function inWords({ budget, measured, unit, expected, reason }: Verdict): string {
  if (measured === undefined || unit === undefined) return `${budget}: ${reason}`
  const change = expected === undefined || expected === 0 ? '' : ` ${signedPercent(measured.estimate / expected - 1)},`
  return `${budget}:${change} measured ${intervalInUnit(measured, unit)}; ${reason}`
}

/** By how many times of what it catches it is off: how bad it is beside others; a count that is wrong is off by once. */
export function sizeOf({ measured, expected, catches }: Verdict): number {
  if (measured === undefined || expected === undefined) return 0
  if (catches === undefined || catches === expected) return measured.estimate === expected ? 0 : 1
  return Math.abs((measured.estimate - expected) / (catches - expected))
}
