import type { Verdict } from '../budgets/verdict.ts'
import type { Findings } from '../explain/findings.ts'
import type { Interval } from '../statistics/interval.ts'

/** One of the two things that are compared. */
export interface SideLabel {
  /** As it was asked for: `axios@1.20.0`, `origin/main`, `working tree`. Untrusted text. */
  readonly name: string
  /** Version of the client's library there; absent for clients that come with Node. */
  readonly version?: string
}

/** How the two arms were measured. */
export type Way =
  | { readonly kind: 'one process' }
  | {
      readonly kind: 'processes taking turns'
      /** Why not in one, in words. */
      readonly reason: string
    }

/** Where a change comes from. */
export interface Explanation extends Findings {
  /** Saved profiles, as paths from the project's root. */
  readonly files: readonly string[]
}

/** What became of one client under one scenario. */
export interface ClientComparison {
  readonly client: string
  readonly scenario: string
  readonly base: SideLabel
  readonly head: SideLabel
  readonly way: Way
  /** Why it was measured: `follow-redirects 1.15.9 → 1.15.11`, `adapter changed`, `asked for`. */
  readonly because: readonly string[]
  /** Ratio of throughput, head to base, with its 95 % interval; absent where the work was invalid. */
  readonly throughput?: Interval
  readonly verdicts: readonly Verdict[]
  readonly explanation?: Explanation
  readonly replicates: number
  readonly seed: number
  /** Time spent measuring, in milliseconds. */
  readonly durationMs: number
}

/** What was to be measured and has no result. */
export interface NotMeasured {
  readonly client: string
  readonly scenario: string
  /** In words: `interrupted`, `the cap … was reached`, an error, or that it has not come to its end yet. */
  readonly reason: string
}

/** What `wiregauge compare` found. Plain data: it is written as JSON as it is. */
export interface ComparisonReport {
  readonly schemaVersion: 1
  readonly kind: 'comparison'
  /** ISO 8601. */
  readonly date: string
  readonly machine: string
  readonly base: string
  readonly head: string
  readonly compared: readonly ClientComparison[]
  /** Without these the report is partial, and `exitCode` is not 0. */
  readonly notMeasured: readonly NotMeasured[]
  /** Clients that were left out because nothing of theirs changed. */
  readonly unchanged: readonly string[]
  /** Clients that the head no longer has, so that there is nothing to measure them by; absent where there are none. */
  readonly removed?: readonly string[]
  /** Root mean square of the A/A replicates of this run, as a share; absent where none was measured. */
  readonly noise?: number
  /** The same over the A/A pairs of earlier runs on this machine; absent where there are none. */
  readonly earlierNoise?: { readonly difference: number; readonly pairs: number }
  readonly exitCode: number
}
