import { scatteringEntries, type TunedScenario } from './budget-file.ts'
import { budgetAt } from './kinds.ts'
import { type StatedThresholds, tunedBudgetNames } from './stated.ts'

/** Names of the stated budgets that want an entry in the budget file and have none, as verdicts have them. */
export function untunedBudgetNames(stated: StatedThresholds, tuned: TunedScenario): string[] {
  const present = new Set([
    ...scatteringEntries(tuned).map(({ place }) => budgetAt(place)),
    ...(tuned.requestBytes === undefined ? [] : ['request bytes']),
    ...(tuned.responseBytes === undefined ? [] : ['response bytes']),
  ])
  return tunedBudgetNames(stated).filter((name) => !present.has(name))
}
