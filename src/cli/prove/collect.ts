import type { Progress } from '../progress.ts'
import { type Case, isTrialOf } from './part.ts'
import type { Trial } from './proof.ts'

/** What collecting works with. */
export interface Collecting {
  readonly trials: readonly Trial[]
  add(trial: Trial): Promise<void>
}

export interface CollectOptions {
  readonly progress: Progress
  readonly signal: AbortSignal
  /** A seed for each trial. */
  readonly drawSeed: () => number
  /** Milliseconds on any clock. */
  readonly now: () => number
  /** For so long trials are begun, in milliseconds; one at least. Default: until every case has enough. */
  readonly durationMs?: number
}

/**
 * Makes trials until every case has as many as are wanted. The case with the fewest is always next, so that a collection
 * that was broken off anywhere is even. Given up, it ends without an error; what was tried is kept.
 */
export async function collect(cases: readonly Case[], log: Collecting, options: CollectOptions): Promise<void> {
  const { progress, signal, drawSeed, now, durationMs = Number.POSITIVE_INFINITY } = options
  const began = now()
  for (let made = 0; !signal.aborted; made++) {
    const counts = cases.map((each) => log.trials.filter((trial) => isTrialOf(trial, each)).length)
    const place = nextOf(cases, counts)
    const next = cases[place]
    // A trial that would end late is not begun, as far as those before it tell.
    const typicalMs = made === 0 ? 0 : (now() - began) / made
    if (next === undefined || (made > 0 && now() - began + typicalMs > durationMs)) return
    const missing = cases.reduce((sum, { wanted }, index) => sum + Math.max(0, wanted - (counts[index] ?? 0)), 0)
    progress.live(`${next.part}: ${next.name}, trial ${(counts[place] ?? 0) + 1} of ${next.wanted}, ${missing} to go`)
    const begin = now()
    try {
      await log.add(await next.try(drawSeed()))
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
    progress.line(`${next.part}: ${next.name} is tried (${((now() - begin) / 1e3).toFixed(1)} s)`)
  }
}

/** The case that has the fewest trials, of those that have not enough; −1 when all have. */
function nextOf(cases: readonly Case[], counts: readonly number[]): number {
  let next = -1
  for (const [index, { wanted }] of cases.entries()) {
    const count = counts[index] ?? 0
    if (count < wanted && (next < 0 || count < (counts[next] ?? 0))) next = index
  }
  return next
}
