import { plainTable } from '../../../helpers/reports/plain-table.ts'
import type { Interval } from '../../../helpers/statistics/interval.ts'
import { shareOf } from '../../../helpers/statistics/proportion.ts'
import { type Fault, isShown } from '../../../helpers/trials/fault.ts'
import { faults } from '../../../helpers/trials/faults.ts'
import { type DecidedCase, decidedCase } from '../decided-case.ts'
import { shareWithBounds } from '../figures.ts'
import { isTrialOf, type PartResult } from '../part.ts'
import type { DecidedTrial } from '../proof.ts'
import { subjectOf, type Tools } from '../tools.ts'

/** Of each fault. */
const trialsByDefault = 5

/** A fault that must go red, with what has to show it. */
export interface FaultCase extends DecidedCase {
  readonly change: Fault
}

/** Every fault that the project has a budget for. */
export function faultCases(tools: Pick<Tools, 'subjects' | 'trials' | 'decide' | 'strictest'>): readonly FaultCase[] {
  return faults.flatMap((fault) => {
    const found = subjectFor(fault, tools)
    if (found === undefined) return []
    const about = { name: nameOf(fault), ...found, change: fault, wanted: tools.trials ?? trialsByDefault }
    return { ...decidedCase(tools, 'faults', about), change: fault }
  })
}

/**
 * Faults that nothing here can show: the specs state no budget about their client and scenario, or the client scatters too
 * much there for a budget as strict as the fault takes.
 */
export function faultsWithoutBudget(tools: Pick<Tools, 'subjects' | 'strictest'>): readonly string[] {
  return faults.filter((fault) => subjectFor(fault, tools) === undefined).map(nameOf)
}

function nameOf({ client, scenario, name }: Fault): string {
  return `${client.name} ${scenario.name}, ${name}`
}

/** Whose budgets a fault is decided by, and a stricter one where it takes that. */
function subjectFor({ client, scenario, catches, patience }: Fault, tools: Pick<Tools, 'subjects' | 'strictest'>) {
  const subject = subjectOf(tools, client.name, scenario.name)
  if (subject === undefined || catches === undefined) return subject && { subject }
  const by = tools.strictest(subject, catches, patience)
  return by && { subject, by, ...(patience && { patience }) }
}

interface FaultSummary {
  readonly case: string
  readonly description: string
  readonly trials: number
  readonly shown: number
  readonly share: Interval
  /** Budgets that were red, most often first. */
  readonly redBudgets: readonly string[]
}

export function summariseFaults(cases: readonly FaultCase[], trials: readonly DecidedTrial[]): readonly FaultSummary[] {
  return cases.flatMap((each) => {
    const own = trials.filter((trial) => isTrialOf(trial, each))
    if (own.length === 0) return []
    const shown = own.filter(({ verdicts }) => isShown(each.change, verdicts)).length
    return {
      case: each.name,
      description: each.change.description,
      trials: own.length,
      shown,
      share: shareOf(shown, own.length),
      redBudgets: redBudgetsOf(own),
    }
  })
}

function redBudgetsOf(trials: readonly DecidedTrial[]): readonly string[] {
  const red = trials.flatMap(({ verdicts }) => verdicts.filter(({ state }) => state === 'regressed'))
  const counts = [...Map.groupBy(red, ({ budget }) => budget)].map(([budget, own]) => ({ budget, count: own.length }))
  return counts.toSorted((one, other) => other.count - one.count).map(({ budget, count }) => `${budget} ${count}×`)
}

/** A fault that is missed once fails the check: of these, every one has to be shown. Sizes are the detection curve's. */
export function faultsResult(cases: readonly FaultCase[], trials: readonly DecidedTrial[]): PartResult {
  const summary = summariseFaults(cases, trials)
  if (summary.length === 0) return { part: 'faults', summary, text: 'nothing was tried yet', failures: [] }
  const text = plainTable(
    ['fault', 'trials', 'shown', 'share (95 % interval)', 'red budgets'],
    summary.map((each) => [
      each.case,
      String(each.trials),
      String(each.shown),
      shareWithBounds(each.share),
      each.redBudgets.slice(0, 3).join('\n') || '–',
    ]),
    ['red budgets'],
  )
  const failures = summary
    .filter(({ shown, trials: tried }) => shown < tried)
    .map((each) => `fault not shown in ${each.trials - each.shown} of ${each.trials}: ${each.case}`)
  return { part: 'faults', summary, text, failures }
}
