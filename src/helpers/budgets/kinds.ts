import { ownRetainedBudget } from './own-retention.ts'
import type { ReferenceKind } from './reference-kind.ts'
import { throughputKind } from './reference-throughput.ts'
import { residentKind, retainedKind } from './retention-cost.ts'
import type { ScaleName } from './scales.ts'
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

interface OtherKind {
  readonly budget: string
  readonly scale: ScaleName
}

/** Places of what is counted exactly, so that its tuned value has no scatter. */
export const exactPlaces = ['requestBytes', 'responseBytes'] as const

/** What is not compared with a reference, by its place. Bytes on the wire are a cost. */
const others: Readonly<Record<string, OtherKind>> = {
  requestBytes: { budget: 'request bytes', scale: 'cost' },
  responseBytes: { budget: 'response bytes', scale: 'cost' },
  requestsPerSecond: { budget: 'throughput per second', scale: 'throughput' },
  allocatedBytesPerRequest: { budget: 'allocated bytes', scale: 'cost' },
  ownRetainedBytesPerRequest: { budget: ownRetainedBudget, scale: 'bytes' },
  ...Object.fromEntries(
    Object.values(delayKinds).map(({ place, budget }) => [place, { budget, scale: 'cost' } satisfies OtherKind]),
  ),
}

/**
 * Name of the budget, as verdicts have it, that a tuned value is for.
 *
 * @param place Such as `reference`, `tail/p90`, `against/http`, `scaling/512 against 16` or `requestBytes`.
 * @returns Undefined for what no budget is stated about: the scatter of the solo check.
 */
export function budgetAt(place: string): string | undefined {
  if (place.startsWith('against/')) return `throughput against ${place.slice('against/'.length)}`
  if (place.startsWith('scaling/')) return `throughput at ${place.slice('scaling/'.length)}`
  return referenceKinds.find((kind) => kind.place === place)?.budget ?? others[place]?.budget
}

/** What the value at a place is decided on; throughput is what remains. */
export function scaleAt(place: string): ScaleName {
  return referenceKinds.find((kind) => kind.place === place)?.scale ?? others[place]?.scale ?? 'throughput'
}
