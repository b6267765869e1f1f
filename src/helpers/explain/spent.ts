import { originOf } from './origin.ts'
import type { Scattered } from './scatter.ts'
import type { SelfCost } from './self-cost.ts'
import { type SourceReader, Sources } from './sources.ts'

/** What was profiled on one side. */
export interface ProfiledSide<Profile> {
  readonly profile: Profile
  /** Requests made meanwhile, at least 1. */
  readonly requests: number
  /** Folders of the project and of the trees that the arm ran from. */
  readonly roots: readonly string[]
  readonly reader: SourceReader
}

/** What all functions of one name in one file spent, per request. */
export interface Spent extends Scattered {
  readonly name: string
  readonly package: string
  readonly file: string
  /** What its source calls it: V8's name may hold more, and be empty. Absent where no source can be had. */
  readonly label?: string
  /** Line, from 1, of the one that spent most. */
  readonly line: number
}

/** The functions of one side, and where to look for others. */
export interface SpentSide {
  /** By package, file and name. */
  readonly functions: ReadonlyMap<string, Spent>
  readonly sources: Sources
  /** Variance of a function that had no sample: that of one usual sample, which it may have missed by chance. Part of every other. */
  readonly unseenVariance: number
}

/** Sums the costs of a profile up by function. */
export function spentBy<Profile>(
  { profile, requests, roots, reader }: ProfiledSide<Profile>,
  costsOf: (profile: Profile) => readonly SelfCost[],
): SpentSide {
  const sources = new Sources(reader, roots)
  const costs = costsOf(profile)
  const [sum, squares] = [sumOf(costs, 'cost'), sumOf(costs, 'squares')]
  // The usual sample, weighted by what it stands for.
  const unseenVariance = sum === 0 ? 0 : (squares / sum / requests) ** 2
  const functions = new Map<string, Spent & { most: number }>()
  for (const { frame, cost, squares } of byPlace(costs)) {
    const { url, functionName, lineNumber, columnNumber } = frame
    const { folder: _, ...origin } = originOf(url, roots)
    const label =
      url === '' ? undefined : sources.functionsIn(url, originOf(url, roots))?.labelAt(lineNumber, columnNumber)
    const name = functionName || label || '(anonymous)'
    const key = JSON.stringify([origin.package, origin.file, name])
    const before = functions.get(key) ?? { most: 0, line: 0, perRequest: 0, variance: unseenVariance }
    functions.set(key, {
      ...before,
      ...origin,
      name,
      ...(cost > before.most && { most: cost, line: lineNumber + 1, ...(label !== undefined && { label }) }),
      perRequest: before.perRequest + cost / requests,
      variance: before.variance + squares / requests ** 2,
    })
  }
  return { functions, sources, unseenVariance }
}

/** One cost a function, which stands in the tree once for every way that it was called. */
function byPlace(costs: readonly SelfCost[]): Iterable<SelfCost> {
  const places = new Map<string, SelfCost>()
  for (const { frame, cost, squares } of costs) {
    const { url, functionName, lineNumber, columnNumber } = frame
    const key = JSON.stringify([url, functionName, lineNumber, columnNumber])
    const before = places.get(key)
    places.set(key, { frame, cost: (before?.cost ?? 0) + cost, squares: (before?.squares ?? 0) + squares })
  }
  return places.values()
}

function sumOf(costs: readonly SelfCost[], what: 'cost' | 'squares'): number {
  return costs.reduce((sum, each) => sum + each[what], 0)
}
