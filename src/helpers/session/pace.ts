import { replicatesOf } from '../measure/measurement.ts'
import type { CompletedMeasurement, Evidence, Measurement } from '../measure/result.ts'

/** What a replicate takes on average, in milliseconds, by its kind; those that were never measured are absent. */
export type ReplicateMs = Readonly<Partial<Record<Evidence, number>>>

/** Takes note of what the replicates of a measurement take: those of one kind say nothing about another's. */
export class Pace {
  readonly #spent = new Map<Evidence, { readonly ms: number; readonly replicates: number }>()

  /** @param after The measurement with more of that kind, and of no other. */
  note(kind: Evidence, before: CompletedMeasurement, after: Measurement): void {
    if (after.state === 'invalid') return
    const { ms, replicates } = this.#spent.get(kind) ?? { ms: 0, replicates: 0 }
    this.#spent.set(kind, {
      ms: ms + after.durationMs - before.durationMs,
      replicates: replicates + replicatesOf(after, kind) - replicatesOf(before, kind),
    })
  }

  get replicateMs(): ReplicateMs {
    const measured = [...this.#spent].filter(([, { replicates }]) => replicates > 0)
    return Object.fromEntries(measured.map(([kind, { ms, replicates }]) => [kind, ms / replicates]))
  }
}
