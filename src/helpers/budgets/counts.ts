import type { ArmCounts } from '../measure/job.ts'
import type { CompletedMeasurement, PairReplicate } from '../measure/result.ts'
import { UsageError } from './usage-error.ts'

/**
 * What the target counted for the client, one a process: under continuous load, or where it was not loaded, for the
 * current arm of its pairs. Empty where neither was measured.
 */
export function ownCounts({ load, client, pair }: CompletedMeasurement): readonly ArmCounts[] {
  if (load.length > 0)
    return load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.counts ?? [])
  return pair.state === 'measured' ? pair.replicates.flatMap(({ counts: [current] }) => current ?? []) : []
}

/**
 * A counter divided by the requests.
 *
 * @throws {UsageError} where there were none, because a mock answered them.
 */
export function perRequest(counts: ArmCounts, counter: 'connections' | 'bytesIn' | 'bytesOut'): number {
  if (counts.requests === 0) {
    throw new UsageError(
      `${counts.arm}: no request reached the target, so that none has connections or bytes; state other costs`,
    )
  }
  return counts[counter] / counts.requests
}

/**
 * The replicates beside a reference of other files. Between equal files every cost is equal, whatever the adapter that
 * both arms share costs: those are compared with the tuned figure.
 */
export function changedPairs({ pair }: CompletedMeasurement): readonly PairReplicate[] {
  return pair.state === 'measured' && !pair.sameFiles ? pair.replicates : []
}
