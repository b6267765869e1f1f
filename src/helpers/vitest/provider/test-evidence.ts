import type { Evidence } from './evidence.ts'

interface Measured {
  /** For each process: by which factor every arm but the first takes longer there. Default: three equal processes. */
  readonly scatter?: readonly number[]
  /** Default 50. */
  readonly batches?: number
  /** Calls in a batch, default 1. */
  readonly calls?: Readonly<Record<string, number>>
  /** So many of the first arm's batches took a hundred times as long. Default: none. */
  readonly wrecked?: number
}

/** What was measured of benchmarks whose calls take so many milliseconds; a lone arm scatters by itself. */
export function benchEvidence(
  callMs: Readonly<Record<string, number>>,
  { scatter = [1, 1, 1], batches = 50, calls = {}, wrecked = 0 }: Measured = {},
): Evidence {
  const alone = Object.keys(callMs).length === 1
  const processes = scatter.map((factor) => ({
    arms: Object.entries(callMs).map(([name, ms], arm) => {
      const made = calls[name] ?? 1
      const batchMs = ms * made * (arm > 0 || alone ? factor : 1)
      const slowed = (place: number): number => (arm === 0 && place < wrecked ? batchMs * 100 : batchMs)
      return { name, calls: made, batchMs: Array.from({ length: batches }, (_, place) => slowed(place)) }
    }),
  }))
  return { processes, fresh: scatter.length > 1, seed: 7 }
}
