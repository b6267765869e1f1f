import type { HeapProfiler, Profiler, Runtime } from 'node:inspector'
import { median } from '../statistics/summary.ts'

/** What one place of a call tree spent itself, without what it called. */
export interface SelfCost {
  readonly frame: Runtime.CallFrame
  /** Microseconds, or bytes: the sum of what the samples there stand for. */
  readonly cost: number
  /** The sum of the squares of what they stand for, which tells the scatter of `cost`. */
  readonly squares: number
}

/**
 * A sample further from the next than so many times the usual is one after which the machine stalled; the stall is not the
 * function's.
 */
const stallIntervals = 10

/** V8's name for waiting: nothing to do until something arrives or a timer is due. */
export const waiting = '(idle)'

/**
 * Self times of a CPU profile in microseconds, one entry a node. A sample lasts until the next
 * (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile), at most ten times the median.
 */
export function selfTimes({ nodes, samples = [], timeDeltas = [], startTime, endTime }: Profiler.Profile): SelfCost[] {
  const last = endTime - startTime - timeDeltas.reduce((sum, delta) => sum + delta, 0)
  const spans = samples.map((_, index) => Math.max(0, timeDeltas[index + 1] ?? last))
  const longest = spans.length === 0 ? 0 : median(spans) * stallIntervals
  const sums = sumsOf(samples.map((id, index) => [id, Math.min(spans[index] ?? 0, longest)]))
  return withCost(nodes.map(({ id, callFrame }) => ({ frame: callFrame, ...(sums.get(id) ?? nothing) })))
}

/**
 * What V8 gives and Node's types leave out
 * (https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile).
 */
type Heap = HeapProfiler.SamplingHeapProfile & {
  readonly samples?: readonly { readonly size: number; readonly nodeId: number }[]
}
type HeapNode = HeapProfiler.SamplingHeapProfileNode & { readonly id?: number }

/** Bytes allocated by a sampling heap profile, one entry a node; V8 has scaled its samples up to what they stand for. */
export function selfAllocations({ head, samples = [] }: Heap): SelfCost[] {
  const sums = sumsOf(samples.map(({ nodeId, size }) => [nodeId, size]))
  const costs: SelfCost[] = []
  const rest: HeapNode[] = [head]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    costs.push({ frame: node.callFrame, cost: node.selfSize, squares: sums.get(node.id ?? 0)?.squares ?? 0 })
    rest.push(...node.children)
  }
  return withCost(costs)
}

const nothing = { cost: 0, squares: 0 }

function sumsOf(samples: readonly (readonly [node: number, standsFor: number])[]) {
  const sums = new Map<number, Pick<SelfCost, 'cost' | 'squares'>>()
  for (const [node, standsFor] of samples) {
    const { cost, squares } = sums.get(node) ?? nothing
    sums.set(node, { cost: cost + standsFor, squares: squares + standsFor ** 2 })
  }
  return sums
}

function withCost(costs: readonly SelfCost[]): SelfCost[] {
  return costs.filter(({ frame, cost }) => cost > 0 && frame.functionName !== '(root)')
}
