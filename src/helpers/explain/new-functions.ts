import type { NewFunction } from './grown-function.ts'
import { locationOf, matched } from './matched.ts'
import type { SpentSide } from './spent.ts'

/** Both sides by one profiler. */
export interface SpentSides {
  readonly base: SpentSide
  readonly head: SpentSide
}

/**
 * The functions that ran in the head and that the base's sources do not have, those that spent most time first. One sample
 * proves that a function ran, so none is left out.
 */
export function newFunctions(time: SpentSides, allocation: SpentSides): readonly NewFunction[] {
  const found = new Map<string, NewFunction>()
  for (const [what, { base, head }] of [
    ['time', time],
    ['allocation', allocation],
  ] as const) {
    for (const { head: now } of matched(base, head).filter(({ isNew }) => isNew)) {
      const key = JSON.stringify([now.package, now.file, now.name])
      const { name, package: from, perRequest } = now
      const before = found.get(key) ?? { name, package: from, head: locationOf(now), time: 0, allocation: 0 }
      found.set(key, { ...before, [what]: perRequest })
    }
  }
  return [...found.values()].sort((one, other) => other.time - one.time || other.allocation - one.allocation)
}
