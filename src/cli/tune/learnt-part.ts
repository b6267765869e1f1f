import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { type ReliablePart, reliablePart } from './reliable-part.ts'

/** What a client may be measured beside: a reference of the same files, or, for pairs of equal builds, of any. */
export type Trees = 'equal' | 'any'

/**
 * What of a measurement budgets are learnt from: what can be relied on, and of pairs those of the trees that are asked for. How
 * equal arms scatter is not known from arms that differ; what was measured under load has no other arm, and stays.
 */
export function learntPart(measurement: CompletedMeasurement, trees: Trees): ReliablePart {
  const { measurement: reliable, doubts } = reliablePart(measurement)
  if (reliable === undefined || trees === 'any') return { ...(reliable && { measurement: reliable }), doubts }
  const { pair, load } = reliable
  if (pair.state !== 'measured' || pair.sameFiles) return { measurement: reliable, doubts }
  const doubt = 'its reference has other files, and budgets against it are tuned on equal trees'
  if (load.length === 0) return { doubts: [...doubts, doubt] }
  const withoutPair = { ...reliable, pair: { state: 'no reference', reason: doubt, treeChanged: true } as const }
  return { measurement: withoutPair, doubts: [...doubts, doubt] }
}
