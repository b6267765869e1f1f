import { ownRetainedBudget } from './own-retention.ts'
import type { ReferenceKind } from './reference-kind.ts'
import { throughputKind } from './reference-throughput.ts'
import { residentKind, retainedKind } from './retention-cost.ts'
import { delayKinds } from './service.ts'
import { tailKinds } from './tail.ts'
import { buffersKind, cpuKind, timeKind } from './totals-cost.ts'

/** Every kind of budget that compares the arms of a pair by a value that scatters. */
export const referenceKinds: readonly ReferenceKind[] = [
  throughputKind,
  ...tailKinds,
  buffersKind,
  cpuKind,
  timeKind,
  retainedKind,
  residentKind,
]

const others: Readonly<Record<string, string>> = {
  requestsPerSecond: 'throughput per second',
  allocatedBytesPerRequest: 'allocated bytes',
  ownRetainedBytesPerRequest: ownRetainedBudget,
  ...Object.fromEntries(Object.values(delayKinds).map(({ place, budget }) => [place, budget])),
}

/**
 * Name of the budget, as verdicts have it, that a tuned value is for.
 *
 * @param place Such as `reference`, `tail/p90`, `against/http` or `scaling/512 against 16`.
 * @returns Undefined for what no budget is stated about: the scatter of the solo check.
 */
export function budgetAt(place: string): string | undefined {
  if (place.startsWith('against/')) return `throughput against ${place.slice('against/'.length)}`
  if (place.startsWith('scaling/')) return `throughput at ${place.slice('scaling/'.length)}`
  return referenceKinds.find((kind) => kind.place === place)?.budget ?? others[place]
}
