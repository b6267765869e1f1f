import type { TunedScenario, TunedValue } from './budget-file.ts'
import { unlessArmsInterfere } from './interference.ts'
import type { Case } from './judgement.ts'
import { armsOf, type MeasuredPair, measuredPair, notYetMeasured } from './pair-evidence.ts'
import { type ScaleName, scales } from './scales.ts'
import { judgeScattering, requireKept } from './scattering.ts'
import type { Distances } from './thresholds.ts'
import type { Unit, Verdict } from './verdict.ts'

/** A kind of budget that compares the arms of a pair by a value that scatters. */
export interface ReferenceKind {
  /** Name of the budget, as verdicts have it. */
  readonly budget: string
  /** Where its tuned value stands among the entries of a client and scenario, e.g. `tail/p90`. */
  readonly place: string
  readonly tuned: (entries: TunedScenario) => TunedValue | undefined
  readonly evidence: 'pair' | 'retention'
  readonly scale: ScaleName
  readonly unit: Unit
  /** One a replicate; larger is better, and between equal arms it is 0. */
  readonly gains: (pair: MeasuredPair) => readonly number[]
  /** Scatter below this comes from the few values drawn, or from the grain of what is counted, and not from the machine. */
  readonly leastScatter: (pairs: readonly MeasuredPair[]) => number
  /** A change in words. */
  readonly inWords: (gain: number) => string
}

/** Below this, the scatter of logarithms is that of the few values drawn and not of the machine. */
export const leastLogScatter = 0.002

/**
 * Judges a budget against the reference. No changed client passes one before its arms were measured alone, whichever is
 * stated first: a head that slows its reference, too, would pass them all.
 *
 * @throws {UsageError} when there is no reference to compare with, the budget was never tuned or tolerates less than its
 * noise: checked before it matters whether this run measures the pair, because a changed lock file is no time to find out.
 */
export function judgeKind(opened: Case, kind: ReferenceKind, distances: Distances): Verdict {
  const tuned = kind.tuned(opened.tuned)
  if (tuned === undefined) throw opened.missing(kind.place)
  requireKept(opened, { ...kind, tunedScatter: tuned.scatter, distances })
  const pair = measuredPair(opened)
  if ('reason' in pair) return pair
  const gains = kind.gains(pair)
  if (gains.length === 0) return notYetMeasured(opened, kind.evidence)
  const verdict = judgeScattering(opened, {
    gains,
    evidence: kind.evidence,
    tunedScatter: tuned.scatter,
    distances,
    scale: kind.scale,
    expected: scales[kind.scale].equal,
    unit: kind.unit,
    compared: armsOf(pair),
    binding: true,
    inWords: kind.inWords,
  })
  // Alone only throughput is measured, so that it can doubt no other red.
  if (verdict.state === 'regressed' && kind.scale !== 'throughput') return verdict
  return unlessArmsInterfere(opened, verdict, pair, distances.tolerates)
}
