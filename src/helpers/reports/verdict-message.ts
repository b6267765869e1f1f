import type { Unit, Verdict } from '../budgets/verdict.ts'
import type { Interval } from '../statistics/interval.ts'
import { intervalInUnit, inUnit, signedCount, signedPercent, signedPoints } from './figures.ts'
import { clientCommand } from './own-command.ts'

/**
 * A verdict in full, and how to measure just that again.
 *
 * @param seed Seed of the run.
 * @param again The command that measures just that again.
 */
export function verdictMessage(verdict: Verdict, seed: number, again = runCommand(verdict, seed)): string {
  return `${verdictText(verdict)}\n${row(['again', again])}`
}

function runCommand({ client, scenario }: Verdict, seed: number): string {
  return clientCommand('run', client, [
    ['--scenario', scenario],
    ['--seed', String(seed)],
  ])
}

/** A verdict in full: threshold, measured value with interval, difference, what was compared, and why. */
export function verdictText(verdict: Verdict): string {
  const { client, scenario, budget, state, measured, unit, expected, reason, compared } = verdict
  const rows: [string, string][] = []
  if (measured !== undefined && unit !== undefined) {
    rows.push(['measured', intervalInUnit(measured, unit)])
    const change = differenceText(verdict)
    if (expected !== undefined && change !== undefined) {
      rows.push(['expected', `${inUnit(expected, unit)}${limits(verdict)}`])
      rows.push(['difference', change])
    }
  }
  if (state !== 'invalid') rows.push(['compared', compared])
  rows.push([
    'reason',
    `${reason}${verdict.sameFiles && state === 'regressed' ? ' (a false red: the files are the same)' : ''}`,
  ])
  const title = `${client} ${scenario}, ${budget}: ${state}${verdict.blind ? ' (blind)' : ''}`
  return [title, ...rows.map(row)].join('\n')
}

function row([name, text]: readonly [string, string]): string {
  return `  ${name.padEnd(10)}  ${text}`
}

/** How far from what is expected; undefined where there are no figures. */
export function differenceText({ measured, expected, unit }: Verdict): string | undefined {
  if (measured === undefined || expected === undefined || unit === undefined) return undefined
  return difference(measured, expected, unit)
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
  return unit === 'listeners' || unit === 'full handshakes' ? ', at most' : ', exactly'
}
