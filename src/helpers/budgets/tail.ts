import type { Measurement, PairReplicate } from '../measure/result.ts'
import { rootMeanSquare } from '../statistics/summary.ts'
import { type Multiple, multiples, type Percentile, percentiles, type Tail, tailOf } from '../statistics/tail.ts'
import { type JudgingContext, nameOf, openCase } from './judgement.ts'
import { judgeKind, leastLogScatter, type ReferenceKind } from './reference-kind.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/**
 * What the tail of batch times may do against the reference's: percentiles of batch time as times of the reference's, and
 * slow batches as points of their share, `'2 %'` being two batches more of a hundred.
 */
export type TailThresholds = { readonly [Rung in Percentile | Multiple]?: Thresholds }

/** A percentile of batch time, current against reference: medians hide what hits few batches (DESIGN 3.7). */
function percentileKind(rung: Percentile): ReferenceKind {
  return {
    budget: `${rung} batch time against reference`,
    place: `tail/${rung}`,
    tuned: ({ tail }) => tail?.[rung],
    evidence: 'pair',
    scale: 'cost',
    unit: 'ratio',
    gains: ({ replicates }) => replicates.map((replicate) => -tailIn(replicate).logRatios[rung]),
    leastScatter: () => leastLogScatter,
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      const direction = change < 0 ? 'below' : 'above'
      return `the ${percentiles[rung] * 100}th percentile of batch time is ${Math.abs(change).toFixed(1)} % ${direction} that of the reference`
    },
  }
}

/** How many more batches are slow than the reference's. Zero slow batches have no logarithm, so it is a difference. */
function multipleKind(rung: Multiple): ReferenceKind {
  return {
    budget: `batches ${rung} against reference`,
    place: `slowBatches/${rung}`,
    tuned: ({ slowBatches }) => slowBatches?.[rung],
    evidence: 'pair',
    scale: 'share',
    unit: 'share of batches',
    gains: ({ replicates }) => replicates.map((replicate) => -tailIn(replicate).extraShares[rung]),
    leastScatter: (pairs) =>
      countingScatter(
        pairs.flatMap(({ replicates }) =>
          replicates.map((replicate) => ({ share: tailIn(replicate).shares[rung], batches: batchesIn(replicate) })),
        ),
      ),
    inWords: (gain) => {
      const points = Math.abs(gain * 100).toFixed(1)
      return `${points} points ${gain > 0 ? 'fewer' : 'more'} of the batches take ${rung} the reference's median`
    },
  }
}

/** What was counted in a replicate: the share of slow batches, and how many an arm had. */
interface Counted {
  readonly share: number
  readonly batches: number
}

/**
 * Scatter that counting alone makes, of the difference of two shares: the binomial standard deviation where either batch
 * is slow by chance, √(2p(1 − p)/n), averaged over the replicates. A share is counted in whole batches, so that nothing is
 * known more exactly than to one batch of a replicate.
 */
function countingScatter(replicates: readonly Counted[]): number {
  if (replicates.length === 0) return 0
  return Math.max(
    rootMeanSquare(replicates.map(({ batches }) => 1 / batches)),
    rootMeanSquare(replicates.map(({ share, batches }) => Math.sqrt((2 * share * (1 - share)) / batches))),
  )
}

const kindsByRung: { readonly [Rung in Percentile | Multiple]: ReferenceKind } = {
  p75: percentileKind('p75'),
  p90: percentileKind('p90'),
  p99: percentileKind('p99'),
  'over 1.5 ×': multipleKind('over 1.5 ×'),
  'over 3 ×': multipleKind('over 3 ×'),
  'over 10 ×': multipleKind('over 10 ×'),
  'over 30 ×': multipleKind('over 30 ×'),
  'over 50 ×': multipleKind('over 50 ×'),
}

/** The kinds of budgets about tails. */
export const tailKinds: readonly ReferenceKind[] = Object.values(kindsByRung)

/** The kind of a rung of the ladder. @throws {UsageError} for an unknown one. */
export function tailKind(rung: string): ReferenceKind {
  const kind = isRung(rung) ? kindsByRung[rung] : undefined
  if (kind !== undefined) return kind
  const known = [...Object.keys(percentiles), ...Object.keys(multiples)].map((each) => `'${each}'`)
  throw new UsageError(`toHoldItsTail knows no '${rung}'; expected one of ${known.join(', ')}`)
}

function isRung(name: string): name is Percentile | Multiple {
  return Object.hasOwn(kindsByRung, name)
}

/**
 * Judges the tail of batch times against the reference arm's in the same blocks, one verdict a rung.
 *
 * @throws {UsageError} for an unknown rung, thresholds that make no sense, and when there is no reference.
 */
export function judgeTail(measurement: Measurement, thresholds: TailThresholds, context: JudgingContext): Verdict[] {
  const rungs = Object.entries(thresholds).filter(([, stated]) => stated !== undefined)
  if (rungs.length === 0)
    throw new UsageError(`${measurement.client} ${measurement.scenario}: toHoldItsTail states no rung`)
  return rungs.map(([rung, stated]) => {
    const kind = tailKind(rung)
    const opened = openCase(measurement, kind.budget, context)
    return 'state' in opened ? opened : judgeKind(opened, kind, distancesOf(stated, nameOf(opened), kind.scale))
  })
}

/** A replicate is judged at several looks and for several rungs, and its batches are sorted once. */
const tails = new WeakMap<PairReplicate, Tail>()

function tailIn(replicate: PairReplicate): Tail {
  let tail = tails.get(replicate)
  if (tail === undefined) {
    const [current, reference] = replicate.blocks.arms
    tail = tailOf(current?.batchUs ?? [], reference?.batchUs ?? [])
    tails.set(replicate, tail)
  }
  return tail
}

function batchesIn({ blocks }: PairReplicate): number {
  return Math.min(...blocks.arms.map(({ batchUs }) => batchUs.length))
}
