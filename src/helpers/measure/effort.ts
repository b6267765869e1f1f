import type { LoadEffort } from './load.ts'
import type { PairEffort } from './pair.ts'
import type { Evidence } from './result.ts'
import type { SoloEffort } from './solo.ts'

/** Numbers of replicates, increasing, at which budgets are looked at. */
interface Sequential {
  readonly looks: readonly number[]
}

/** How much is measured. All times in milliseconds. */
export interface Effort {
  readonly requestTimeoutMs: number
  readonly pair: Sequential & PairEffort & { readonly warmUpMs: number }
  readonly load: Sequential & LoadEffort
  readonly retention: Sequential
  readonly solo: Sequential & SoloEffort
}

/**
 * The effort of the gate: about 7 s under load for the first look of a measurement, and where the client differs from its
 * reference 7 s for the pair, 5 s for the arms alone and 3 s for what they retain.
 */
export const gateEffort: Effort = {
  requestTimeoutMs: 10_000,
  pair: { looks: [3, 5, 10], warmUpMs: 300, durationMs: 800 },
  load: { looks: [2, 4, 8], warmUpMs: 600, rounds: 2, rampMs: 30, windowMs: 250 },
  retention: { looks: [1, 2, 4] },
  solo: { looks: [2, 4, 8], warmUpMs: 300, sliceMs: 50, slices: 12 },
}

/** An effort with so many times the replicates at every look: of the pair, and of the arms alone, which confirm it. */
export function withReplicates(effort: Effort, times: number): Effort {
  const { pair, solo } = effort
  const more = ({ looks }: Sequential): Sequential => ({ looks: looks.map((look) => look * times) })
  return { ...effort, pair: { ...pair, ...more(pair) }, solo: { ...solo, ...more(solo) } }
}

/** An effort for what no budget is decided about: one fresh process of each client under load. */
export function informing(effort: Effort): Effort {
  return { ...effort, load: { ...effort.load, looks: [1] } }
}

/** Looks of an effort by the kind of evidence. */
export function looksOf({ pair, load, retention, solo }: Effort): Readonly<Record<Evidence, readonly number[]>> {
  return { pair: pair.looks, load: load.looks, retention: retention.looks, solo: solo.looks }
}
