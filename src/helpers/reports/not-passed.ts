import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { verdictsWorstFirst, type WorstVerdict, wordOf } from './history/run-digest.ts'

/** A verdict that is no pass, or a measurement that is none. */
export interface NotPassed<Of extends Entry> {
  readonly entry: Of
  readonly kind: WorstVerdict
  readonly reason: string
  /** Absent where the measurement itself is invalid. */
  readonly verdict?: Verdict
}

/** Everything that did not pass, the worst kind first, and of a kind what is furthest off. */
export function notPassed<Of extends Entry>(entries: readonly Of[]): readonly NotPassed<Of>[] {
  return entries
    .flatMap(findingsOf)
    .filter(({ kind }) => kind !== 'pass')
    .toSorted(
      (one, other) =>
        verdictsWorstFirst.indexOf(one.kind) - verdictsWorstFirst.indexOf(other.kind) || sizeOf(other) - sizeOf(one),
    )
}

function findingsOf<Of extends Entry>(entry: Of): readonly NotPassed<Of>[] {
  const { measurement, verdicts } = entry
  if (measurement.state === 'invalid') return [{ entry, kind: 'invalid', reason: measurement.reason }]
  return verdicts.map((verdict) => ({ entry, kind: wordOf(verdict), reason: verdict.reason, verdict }))
}

function sizeOf({ verdict }: NotPassed<Entry>): number {
  return verdict === undefined ? 0 : badnessOf(verdict)
}

/**
 * By how many times of what it catches a budget is off, which tells how bad it is beside others; below 0 for what is better
 * than expected, because what is caught lies on the bad side. A count that is wrong is off by once.
 */
export function badnessOf({ measured, expected, catches }: Verdict): number {
  if (measured === undefined || expected === undefined) return 0
  if (catches === undefined || catches === expected) return measured.estimate === expected ? 0 : 1
  return (measured.estimate - expected) / (catches - expected)
}
