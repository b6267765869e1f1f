import type { Verdict } from '../budgets/verdict.ts'
import type { Interval } from '../statistics/interval.ts'
import { intervalInUnit, inUnit, signedCount, signedPercent } from './figures.ts'

/**
 * A verdict in full: threshold, measured value with interval, difference, what was compared, why, and how to measure
 * just that again.
 *
 * @param seed Seed of the run.
 */
export function verdictMessage(verdict: Verdict, seed: number): string {
  const { client, scenario, budget, state, measured, unit, expected, reason, compared } = verdict
  const rows: [string, string][] = []
  if (measured !== undefined && unit !== undefined) {
    rows.push(['measured', intervalInUnit(measured, unit)])
    if (expected !== undefined) {
      rows.push(['expected', `${inUnit(expected, unit)}${limits(verdict)}`])
      rows.push(['difference', difference(measured, expected)])
    }
  }
  if (state !== 'invalid') rows.push(['compared', compared])
  rows.push([
    'reason',
    `${reason}${verdict.sameFiles && state === 'regressed' ? ' (a false red: the files are the same)' : ''}`,
  ])
  rows.push(['again', `npx wiregauge run ${client} --scenario ${scenario} --seed ${seed}`])
  const title = `${client} ${scenario}, ${budget}: ${state}`
  return [title, ...rows.map(([name, text]) => `  ${name.padEnd(10)}  ${text}`)].join('\n')
}

/** Of counts as a count, since 5,000 connections for 4 are no percentage that says anything. */
function difference({ estimate, low, high }: Interval, expected: number): string {
  return low === high ? signedCount(estimate - expected) : signedPercent(estimate / expected - 1)
}

function limits({ tolerates, catches, expected, unit }: Verdict): string {
  if (tolerates === undefined || catches === undefined || unit === undefined || tolerates === catches) {
    return tolerates === undefined || tolerates === expected || unit === undefined
      ? ', exactly'
      : `, limit ${inUnit(tolerates, unit)}`
  }
  return `, tolerates ${inUnit(tolerates, unit)}, catches ${inUnit(catches, unit)}`
}
