import { type BudgetFile, measurementsOf, type TunedScenario, type TunedValue, tunedFor } from './budget-file.ts'

/** A tuned value, and where it comes from. */
export interface BorrowedValue {
  readonly value: TunedValue
  /** In words, e.g. `the scatter of axios small-4`; absent where it is the client's own under the scenario. */
  readonly from?: string
}

/**
 * The tuned value of a client under a scenario, or where that was never tuned the one that scatters most: of those of the
 * same scenario, else of all. Too much scatter makes a budget coarse, too little makes it go red by chance.
 *
 * @returns Undefined where the file has no such value at all.
 */
export function borrowedValue(
  file: BudgetFile,
  { client, scenario }: { readonly client: string; readonly scenario: string },
  read: (tuned: TunedScenario) => TunedValue | undefined,
): BorrowedValue | undefined {
  const own = read(tunedFor(file, client, scenario))
  if (own !== undefined) return { value: own }
  const all = measurementsOf(file).flatMap((each) => {
    const value = read(each.tuned)
    return value === undefined ? [] : { ...each, value }
  })
  const alike = all.filter((each) => each.scenario === scenario)
  const [widest] = (alike.length > 0 ? alike : all).toSorted((one, other) => other.value.scatter - one.value.scatter)
  if (widest === undefined) return undefined
  return { value: widest.value, from: `the scatter of ${widest.client} ${widest.scenario}` }
}
