import type { TunedScenario, TunedValue } from '../../helpers/budgets/budget-file.ts'

/** The value at a place; scatter and replicates are absent where it is exact. Undefined where there is none. */
export function valueAt(
  tuned: TunedScenario,
  place: string,
): (Pick<TunedValue, 'expected'> & Partial<TunedValue>) | undefined {
  const [, group, name] = /^([^/]+)\/(.+)$/.exec(place) ?? []
  const entries = group === undefined ? tuned : tuned[group as keyof TunedScenario]
  return entries === undefined ? undefined : Reflect.get(entries, name ?? place)
}
