import type { ArmTotals } from '../measure/result.ts'
import { leastLogScatter, type ReferenceKind } from './reference-kind.ts'

/**
 * Sums over many requests, per request, against the reference's: medians hide what hits few batches (DESIGN 3.7), and a
 * sum holds the garbage collector's work.
 */
function totalsKind(
  entry: 'cpu' | 'time' | 'buffers',
  budget: string,
  what: string,
  perRequest: (arm: ArmTotals) => number | undefined,
): ReferenceKind {
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
        return current && reference ? -Math.log(current / reference) : []
      }),
    leastScatter: () => leastLogScatter,
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      return `${Math.abs(change).toFixed(1)} % ${change < 0 ? 'less' : 'more'} ${what} per request than the reference`
    },
  }
}

/** CPU time of the clients' side, collector included. */
export const cpuKind = totalsKind('cpu', 'CPU time', 'CPU time', (arm) => arm.clientCpuUsPerRequest)

/** Bytes of buffers outside of the heap, of a typical request. Nothing in records of earlier versions. */
export const buffersKind = totalsKind('buffers', 'buffer bytes', 'bytes of buffers', (arm) => arm.bufferBytesPerRequest)

/** Wall time over everything, slow batches included. */
export const timeKind = totalsKind('time', 'total time', 'time', (arm) => arm.wallUsPerRequest)
