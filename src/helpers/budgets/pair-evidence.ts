import type { Evidence, Pair } from '../measure/result.ts'
import type { Case } from './judgement.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** A pair whose arms were measured. */
export type MeasuredPair = Extract<Pair, { state: 'measured' }>

/**
 * The pair of a measurement, or the verdict of every budget against the reference where there was nothing to measure.
 *
 * @throws {UsageError} when there is no reference to compare with.
 */
export function measuredPair({ measurement: { client, pair }, verdict }: Case): MeasuredPair | Verdict {
  if (pair.state === 'no reference' && pair.isNew) {
    return verdict({ state: 'no reference yet', reason: pair.reason, compared: 'nothing' })
  }
  if (pair.state === 'no reference') {
    throw new UsageError(`${client} has no reference: ${pair.reason}. Use toReach or toCost instead.`)
  }
  if (pair.state === 'measured') return pair
  const reason = 'both trees hold the same files; this run drew others for its A/A'
  return verdict({ state: 'pass', reason, compared: 'nothing, the files are the same' })
}

/** Asks for evidence of which there is none yet: what only few budgets need is measured when one of them does. */
export function notYetMeasured({ verdict, looks }: Case, evidence: Evidence): Verdict {
  return verdict({
    state: 'inconclusive',
    reason: `nothing was measured of ${evidence}`,
    compared: 'nothing',
    openTo: { evidence, replicates: 0, missing: looks[evidence][0] ?? 1 },
  })
}

/** The arms of a pair in words, with their versions. */
export function armsOf({ replicates, sameFiles, turns }: MeasuredPair): string {
  const arms =
    replicates[0]?.counts.map(({ arm, version, node }) =>
      [arm, version, node === undefined ? undefined : `on Node ${node}`].filter(Boolean).join(' '),
    ) ?? []
  const way = turns === undefined ? '' : ` (in processes taking turns: ${turns})`
  return `${arms.join(' with ')}${sameFiles ? ' (same files, A/A)' : ''}${way}`
}
