import type { Unit, Verdict } from '../budgets/verdict.ts'
import type { Interval } from '../statistics/interval.ts'
import { intervalInUnit, inUnit, signedCount, signedPercent, signedPoints } from './figures.ts'

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
      rows.push(['difference', difference(measured, expected, unit)])
    }
  }
  if (state !== 'invalid') rows.push(['compared', compared])
  rows.push([
    'reason',
    `${reason}${verdict.sameFiles && state === 'regressed' ? ' (a false red: the files are the same)' : ''}`,
  ])
  rows.push(['again', `npx wiregauge run ${client} --scenario ${scenario} --seed ${seed}`])
  const title = `${client} ${scenario}, ${budget}: ${state}${verdict.blind ? ' (blind)' : ''}`
  return [title, ...rows.map(([name, text]) => `  ${name.padEnd(10)}  ${text}`)].join('\n')
}

/**
 * In per cent of what is expected, but not where that says nothing: of counts, since 5,000 connections for 4 are no
 * percentage, of what is itself a difference and expected to be 0, and of shares.
 */
function difference({ estimate, low, high }: Interval, expected: number, unit: Unit): string {
  const change = estimate - expected
  if (unit === 'share of batches') return signedPoints(change)
  if (low === high) return signedCount(change)
  return expected === 0 ? `${signedCount(change)} ${unit}` : signedPercent(estimate / expected - 1)
}

function limits({ tolerates, catches, expected, unit }: Verdict): string {
  if (unit === undefined || tolerates === undefined || catches === undefined) return ', exactly'
  if (tolerates !== catches) return `, tolerates ${inUnit(tolerates, unit)}, catches ${inUnit(catches, unit)}`
  if (tolerates !== expected) return `, limit ${inUnit(tolerates, unit)}`
  // Fewer than the reference has are no fault.
  return unit === 'listeners' ? ', at most' : ', exactly'
}
