import { budgetAt, exactPlaces, referenceKinds } from '../../helpers/budgets/kinds.ts'

const exact = exactPlaces.map(budgetAt)

/**
 * Whether a budget rests on what the reference is: what pairs show, and what must be unchanged. What a client does beside
 * others is its own.
 */
export function restsOnReference(budget: string): boolean {
  return exact.includes(budget) || referenceKinds.some((kind) => kind.budget === budget)
}
