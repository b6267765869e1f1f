import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { percent } from './figures.ts'

/** How many verdicts of each kind, the A/A decisions counted apart, and what went otherwise than planned. */
export function summaryLines(entries: readonly Entry[]): string[] {
  const verdicts = entries.flatMap((entry) => entry.verdicts)
  const nulls = entries.filter(
    ({ measurement }) => measurement.state === 'completed' && isNull(measurement.pair),
  ).length
  const falseReds = verdicts.filter(({ state, sameFiles }) => state === 'regressed' && sameFiles)
  const counted = (state: Verdict['state']) => verdicts.filter((verdict) => verdict.state === state).length
  const lines = [
    `${entries.length} measurements, ${verdicts.length} budgets: ${counted('pass')} pass, ` +
      `${counted('regressed') - falseReds.length} regressed, ${counted('inconclusive')} inconclusive, ` +
      `${counted('invalid')} invalid; A/A pairs ${nulls}, false reds ${falseReds.length}`,
  ]
  for (const { client, scenario, budget, state, reason, sameFiles } of verdicts) {
    if (state === 'pass') continue
    const kind = state === 'regressed' && sameFiles ? 'false red' : state
    lines.push(`${kind}: ${client} ${scenario}, ${budget}: ${reason}`)
  }
  const stolen = entries.flatMap(({ measurement }) =>
    measurement.state === 'completed' ? (measurement.machineState.stealShare ?? []) : [],
  )
  if (stolen.length > 0)
    lines.push(`stolen time: at most ${percent(Math.max(...stolen))} of the cores in a measurement`)
  return lines
}

function isNull(pair: { readonly state: string; readonly sameFiles?: boolean }): boolean {
  return pair.state === 'measured' && pair.sameFiles === true
}
