import type { Measurement } from '../measure/result.ts'
import { type JudgingContext, nameOf, openCase } from './judgement.ts'
import { judgeKind, leastLogScatter, type ReferenceKind } from './reference-kind.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import type { Verdict } from './verdict.ts'

/**
 * Judges throughput against the reference arm: the same client from the frozen tree, batch by batch in one process.
 *
 * @throws {UsageError} when there is no reference to compare with, or the thresholds make no sense.
 */
export function judgeAgainstReference(
  measurement: Measurement,
  thresholds: Thresholds,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, 'throughput against reference', context)
  if ('state' in opened) return opened
  const distances = distancesOf(thresholds, nameOf(opened), 'throughput')
  return judgeKind(opened, throughputKind, distances)
}

/** Throughput, batch by batch in one process: the median hides what hits few batches, and the machine's stalls with it. */
export const throughputKind: ReferenceKind = {
  budget: 'throughput against reference',
  place: 'reference',
  tuned: ({ reference }) => reference,
  evidence: 'pair',
  scale: 'throughput',
  unit: 'ratio',
  gains: ({ replicates }) => replicates.map(({ logRatio }) => logRatio.estimate),
  leastScatter: () => leastLogScatter,
  inWords: throughputInWords,
}

/** A change of throughput in words. */
export function throughputInWords(gain: number): string {
  const change = Math.expm1(gain) * 100
  return `throughput is ${Math.abs(change).toFixed(1)} % ${change < 0 ? 'below' : 'above'} what is expected`
}
