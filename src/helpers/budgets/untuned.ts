import { scatteringEntries, type TunedScenario } from './budget-file.ts'
import { budgetAt, exactPlaces } from './kinds.ts'
import { type StatedThresholds, tunedBudgetNames } from './stated.ts'

/** Names of the stated budgets that want an entry in the budget file and have none, as verdicts have them. */
export function untunedBudgetNames(stated: StatedThresholds, tuned: TunedScenario): string[] {
  const present = new Set([
    ...scatteringEntries(tuned).map(({ place }) => budgetAt(place)),
    ...exactPlaces.filter((place) => tuned[place] !== undefined).map(budgetAt),
  ])
  return tunedBudgetNames(stated).filter((name) => !present.has(name))
}
