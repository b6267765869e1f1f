import type { ArmRetention } from '../measure/job.ts'
import { slopeOf } from '../statistics/theil-sen.ts'
import type { MeasuredPair } from './pair-evidence.ts'
import type { ReferenceKind } from './reference-kind.ts'

interface Retention {
  readonly budget: string
  readonly place: 'retainedBytesPerRequest' | 'residentBytesPerRequest'
  readonly what: string
  /** The series of an arm, in bytes at each point. */
  readonly series: (arm: ArmRetention) => readonly number[]
  readonly leastScatter: ReferenceKind['leastScatter']
}

/**
 * What an arm leaves behind per request more than its reference, by slope over several points and not by one difference:
 * a cache that fills once is no leak.
 */
function retentionKind({ budget, place, what, series, leastScatter }: Retention): ReferenceKind {
  const slope = (arm: ArmRetention): number => slopeOf(series(arm), arm.requestsPerPoint)
  return {
    budget,
    place,
    tuned: (entries) => entries[place],
    evidence: 'retention',
    scale: 'bytes',
    unit: 'bytes per request',
    gains: ({ retention }) =>
      retention.flatMap(({ arms: [current, reference] }) =>
        current && reference ? slope(reference) - slope(current) : [],
      ),
    leastScatter,
    inWords: (gain) => {
      const bytes = Math.abs(gain).toFixed(1)
      return `${bytes} bytes ${gain > 0 ? 'less' : 'more'} ${what} per request than by the reference`
    },
  }
}

/** Heap in use after forced collection. */
export const retainedKind = retentionKind({
  budget: 'retained bytes against reference',
  place: 'retainedBytesPerRequest',
  what: 'retained',
  series: (arm) => arm.retainedBytes,
  // A series has a few thousand requests, over which one stray object of a few kilobytes is worth so much.
  leastScatter: () => 1,
})

/** Memory is given to a process in pages of so many bytes or more. */
const pageBytes = 4_096

/** Resident memory of the process. */
export const residentKind = retentionKind({
  budget: 'resident memory against reference',
  place: 'residentBytesPerRequest',
  what: 'kept resident',
  series: (arm) => arm.residentBytes,
  // Nothing is known more exactly than to one page over the requests of a series.
  leastScatter: (pairs) => Math.max(0, ...pairs.flatMap(seriesRequests).map((requests) => pageBytes / requests)),
})

function seriesRequests({ retention }: MeasuredPair): number[] {
  return retention.flatMap(({ arms }) =>
    arms.map(({ requestsPerPoint, residentBytes }) => requestsPerPoint * (residentBytes.length - 1)),
  )
}
