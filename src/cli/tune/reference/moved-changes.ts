import { referenceKinds } from '../../../helpers/budgets/kinds.ts'
import type { MeasuredChange } from '../../../helpers/budgets/reference-moves.ts'
import { throughputKind } from '../../../helpers/budgets/reference-throughput.ts'
import type { ClientComparison } from '../../../helpers/reports/comparison.ts'

/**
 * What a comparison of two references changes: throughput, and everything else that is known to differ, which may add up
 * over many moves. Empty where the work was not the work.
 */
export function movedChanges({ client, scenario, verdicts }: ClientComparison): readonly MeasuredChange[] {
  const budgets = new Set(referenceKinds.map(({ budget }) => budget))
  return verdicts.flatMap(({ budget, measured, expected, tolerates }): MeasuredChange[] => {
    if (!budgets.has(budget) || measured === undefined || expected === undefined || tolerates === undefined) return []
    const { estimate, low, high } = measured
    if (budget !== throughputKind.budget && low <= expected && high >= expected) return []
    const equal = expected === 0 ? 0 : 1
    return [{ client, scenario, budget, change: [estimate, low, high], equal, tolerates }]
  })
}
