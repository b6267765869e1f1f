import { kindOf } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { percent } from './figures.ts'

/** How many verdicts of each kind, the A/A decisions counted apart, and what went otherwise than planned. */
export function summaryLines(entries: readonly Entry[]): string[] {
  const verdicts = entries.flatMap((entry) => entry.verdicts)
  const nulls = entries.filter(
    ({ measurement }) => measurement.state === 'completed' && isNull(measurement.pair),
  ).length
  const invalid = entries.filter(({ measurement }) => measurement.state === 'invalid')
  const counted = (kind: ReturnType<typeof kindOf>) => verdicts.filter((verdict) => kindOf(verdict) === kind).length
  const lines = [
    `${countOf(entries, 'measurement')}${invalid.length === 0 ? '' : ` (${invalid.length} invalid)`}, ` +
      `${countOf(verdicts, 'budget')}: ${counted('pass')} pass, ` +
      `${counted('regressed')} regressed, ${counted('inconclusive')} inconclusive, ` +
      `${counted('invalid')} invalid; A/A pairs ${nulls}, false reds ${counted('false red')}`,
  ]
  for (const verdict of verdicts) {
    const { client, scenario, budget, state, reason } = verdict
    if (state !== 'pass') lines.push(`${kindOf(verdict)}: ${client} ${scenario}, ${budget}: ${reason}`)
  }
  for (const { measurement, verdicts } of entries) {
    const { client, scenario } = measurement
    // Otherwise its verdicts have told why.
    if (measurement.state === 'invalid' && verdicts.length === 0)
      lines.push(`invalid: ${client} ${scenario}: ${measurement.reason}`)
  }
  const stolen = entries.flatMap(({ measurement }) =>
    measurement.state === 'completed' ? (measurement.machineState.stealShare ?? []) : [],
  )
  if (stolen.length > 0)
    lines.push(`stolen time: at most ${percent(Math.max(...stolen))} of the cores in a measurement`)
  return lines
}

function countOf({ length }: readonly unknown[], what: string): string {
  return `${length} ${what}${length === 1 ? '' : 's'}`
}

function isNull(pair: { readonly state: string; readonly sameFiles?: boolean }): boolean {
  return pair.state === 'measured' && pair.sameFiles === true
}
