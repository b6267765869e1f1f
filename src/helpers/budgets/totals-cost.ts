import type { ArmTotals } from '../measure/result.ts'
import { leastLogScatter, type ReferenceKind } from './reference-kind.ts'

interface Total {
  readonly entry: 'cpu' | 'time' | 'buffers'
  readonly budget: string
  readonly what: string
  readonly perRequest: (arm: ArmTotals) => number | undefined
  /**
   * Per request, in the unit of the value and above 0. Less is taken for so much: near 0 a ratio says nothing, and below it
   * there is none. A cost that comes from nothing so is a multiple of this.
   */
  readonly least: number
}

/**
 * Sums over many requests, per request, against the reference's: medians hide what hits few batches (DESIGN 3.7), and a
 * sum holds the garbage collector's work.
 */
function totalsKind({ entry, budget, what, perRequest, least }: Total): ReferenceKind {
  return {
    budget: `${budget} against reference`,
    place: `totals/${entry}`,
    tuned: ({ totals }) => totals?.[entry],
    evidence: 'pair',
    scale: 'cost',
    unit: 'ratio',
    gains: ({ replicates }) =>
      replicates.flatMap(({ totals }) => {
        const [current, reference] = totals.map(perRequest)
        if (current === undefined || reference === undefined) return []
        return Math.log(Math.max(least, reference) / Math.max(least, current))
      }),
    leastScatter: () => leastLogScatter,
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      return `${Math.abs(change).toFixed(1)} % ${change < 0 ? 'less' : 'more'} ${what} per request than the reference`
    },
  }
}

/** One: no request takes less, and the clocks tell no less. */
const leastUs = 1

/** CPU time of the clients' side, collector included. */
export const cpuKind = totalsKind({
  entry: 'cpu',
  budget: 'CPU time',
  what: 'CPU time',
  perRequest: (arm) => arm.clientCpuUsPerRequest,
  least: leastUs,
})

/** Bytes of buffers outside of the heap, of a typical request. Nothing in records of earlier versions. */
export const buffersKind = totalsKind({
  entry: 'buffers',
  budget: 'buffer bytes',
  what: 'bytes of buffers',
  perRequest: (arm) => arm.bufferBytesPerRequest,
  // Below the 402 that axios and node-fetch take for a small JSON answer. What is held can fall to and below nothing where a
  // collection comes in between.
  least: 256,
})

/** Wall time over everything, slow batches included. */
export const timeKind = totalsKind({
  entry: 'time',
  budget: 'total time',
  what: 'time',
  perRequest: (arm) => arm.wallUsPerRequest,
  least: leastUs,
})
