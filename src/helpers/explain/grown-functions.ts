import type { GrownFunction, PerRequest } from './grown-function.ts'
import { locationOf, type Matched, matched } from './matched.ts'
import { grewBeyondScatter } from './scatter.ts'
import { waiting } from './self-cost.ts'
import type { SpentSide } from './spent.ts'

/** How much longer a request takes in a profile, and how much of that is waiting; microseconds. */
export interface Waiting {
  readonly idle: PerRequest
  /** Waiting and work together. */
  readonly whole: PerRequest
}

/**
 * Growth below this share of what a whole request spends in the base is left out. Two processes compile equal code
 * differently, by inlining above all, and shift so much from one function to another, beyond the scatter of the samples
 * (tried with undici in `small-4`: 15 to 70, seldom 160 of 15,000 bytes).
 */
const leastShare = 0.01

/** And waiting that grew by less: profiles are taken one after the other, and the machine changes by as much meanwhile. */
const leastWaitingShare = 0.1

/**
 * The functions that spent more per request in the head than in the base, beyond the scatter of the samples; worst first.
 * Waiting, `(idle)`, is none of them: it is what work leaves over.
 */
export function grownFunctions(base: SpentSide, head: SpentSide): readonly GrownFunction[] {
  const least = wholeOf(base) * leastShare
  return matched(base, head)
    .filter((each) => each.head.name !== waiting && grewBeyondScatter(beforeOf(each, base), each.head))
    .map(grownFunction)
    .filter(({ perRequest }) => growth(perRequest) >= least)
    .sort((one, other) => growth(other.perRequest) - growth(one.perRequest))
}

/** What waiting explains, where it is more than half of what grew, beyond the scatter of the samples. */
export function grownWaiting(base: SpentSide, head: SpentSide): Waiting | undefined {
  const idle = matched(base, head).find((each) => each.head.name === waiting)
  if (idle === undefined || !grewBeyondScatter(beforeOf(idle, base), idle.head)) return undefined
  const found = {
    idle: { base: idle.base?.perRequest ?? 0, head: idle.head.perRequest },
    whole: { base: wholeOf(base), head: wholeOf(head) },
  }
  const least = Math.max(growth(found.whole) / 2, found.whole.base * leastWaitingShare)
  return growth(found.idle) > least ? found : undefined
}

function beforeOf(each: Matched, { unseenVariance }: SpentSide) {
  return each.base ?? { perRequest: 0, variance: unseenVariance }
}

function grownFunction({ head, base, baseLocation, isNew }: Matched): GrownFunction {
  return {
    name: head.name,
    package: head.package,
    ...(baseLocation !== undefined && { base: baseLocation }),
    ...(head.file !== '' && { head: locationOf(head) }),
    ...(isNew && { isNew }),
    perRequest: { base: base?.perRequest ?? 0, head: head.perRequest },
  }
}

function growth({ base, head }: PerRequest): number {
  return head - base
}

function wholeOf({ functions }: SpentSide): number {
  return functions.values().reduce((sum, { perRequest }) => sum + perRequest, 0)
}
