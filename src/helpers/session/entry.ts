import type { Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'

/** A measurement with the verdicts that were reached on it. */
export interface Entry {
  readonly measurement: Measurement
  readonly verdicts: readonly Verdict[]
}
