import { kindOf, type Verdict } from '../budgets/verdict.ts'
import type { ClientComparison } from './comparison.ts'
import { comparisonStates } from './comparison-state.ts'
import { intervalInUnit } from './figures.ts'
import { verdictText } from './verdict-message.ts'

/** How the reason of budgets/interference.ts begins. */
const interference = 'arms interfere: '

/** Whether two verdicts of a pair have one cause: arms that interfere make every verdict that rests on them inconclusive. */
export function isSameCause(one: Verdict, other: Verdict): boolean {
  return [one, other].every(({ state, reason }) => state === 'inconclusive' && reason.startsWith(interference))
}

/** What is no pass: the worst verdict in full, and of the others a line each. Undefined where all pass. */
export function openVerdictsText({ verdicts }: ClientComparison): string | undefined {
  const order: readonly string[] = comparisonStates
  const rank = (verdict: Verdict): number => order.indexOf(kindOf(verdict))
  const open = verdicts.filter(({ state }) => state !== 'pass').toSorted((one, other) => rank(one) - rank(other))
  const [worst, ...others] = open
  if (worst === undefined) return undefined
  const lines = others.map((verdict, index) => {
    const told = open.slice(0, index + 1).some((earlier) => isSameCause(earlier, verdict))
    return `  also ${lineOf(verdict, told ? 'arms interfere, as above' : verdict.reason)}`
  })
  return [verdictText(worst), ...lines].join('\n')
}

function lineOf(verdict: Verdict, reason: string): string {
  const { budget, measured, unit, blind } = verdict
  const value = measured === undefined || unit === undefined ? '' : `, ${intervalInUnit(measured, unit)}`
  return `${budget}: ${kindOf(verdict)}${blind ? ' (blind)' : ''}${value}: ${reason}`
}
