import type { ArmProfile } from '../measure/job.ts'
import { type CountedArm, type ExactDifference, exactDifferences } from './exact-differences.ts'
import type { GrownFunction, NewFunction } from './grown-function.ts'
import { grownFunctions, grownWaiting, type Waiting } from './grown-functions.ts'
import { newFunctions } from './new-functions.ts'
import { selfAllocations, selfTimes } from './self-cost.ts'
import type { SourceReader } from './sources.ts'
import { spentBy } from './spent.ts'

/** What profiles and counters say about where a change comes from. */
export interface Findings {
  /** Present where most of what a request takes longer is waiting. */
  readonly waiting?: Waiting
  /** Functions that ran in the head and that the base's sources do not have; those that spent most first. */
  readonly fresh: readonly NewFunction[]
  /** Functions with the largest growth of self time, in microseconds a request, beyond scatter; worst first. */
  readonly time: readonly GrownFunction[]
  /** Functions with the largest growth of allocation, in bytes a request, likewise. */
  readonly allocation: readonly GrownFunction[]
  readonly exact: readonly ExactDifference[]
}

/** What was profiled and counted of one arm. */
export interface ProfiledArm {
  readonly cpu: Extract<ArmProfile, { kind: 'cpu' }>
  readonly heap: Extract<ArmProfile, { kind: 'heap' }>
  readonly counted: CountedArm
  /** Folders of the project and of the trees that it ran from. */
  readonly roots: readonly string[]
}

/** As many functions as somebody reads. */
const worst = 10

/** Finds out where two arms differ. */
export function findingsOf(base: ProfiledArm, head: ProfiledArm, reader: SourceReader): Findings {
  const time = {
    base: spentBy({ ...base.cpu, roots: base.roots, reader }, selfTimes),
    head: spentBy({ ...head.cpu, roots: head.roots, reader }, selfTimes),
  }
  const allocation = {
    base: spentBy({ ...base.heap, roots: base.roots, reader }, selfAllocations),
    head: spentBy({ ...head.heap, roots: head.roots, reader }, selfAllocations),
  }
  const waiting = grownWaiting(time.base, time.head)
  return {
    ...(waiting && { waiting }),
    fresh: newFunctions(time, allocation).slice(0, worst),
    time: grownFunctions(time.base, time.head).slice(0, worst),
    allocation: grownFunctions(allocation.base, allocation.head).slice(0, worst),
    exact: exactDifferences(base.counted, head.counted),
  }
}
