import { measurementOf, pairOf, replicateOf, soloOf } from '../../helpers/budgets/test-measurement.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { newRunRecord, type RunRecord } from '../../helpers/reports/run-record.ts'
import type { Proposal } from './proposal.ts'

/** For tests: axios small-4 beside a reference of the same files, at such shares of its throughput. */
export function nullOf(
  shares: readonly number[] = [1.005, 0.995, 1.004],
  changes: Partial<CompletedMeasurement> = {},
): CompletedMeasurement {
  const replicates = shares.map((share) => replicateOf(share))
  const pair = pairOf({ sameFiles: true, replicates, solo: [soloOf(1.02), soloOf(0.99)] })
  return measurementOf({ pair, ...changes })
}

/** For tests: a run that ended well on this machine, with these measurements and no verdicts. */
export function recordOf(
  measurements: readonly RunRecord['entries'][number]['measurement'][] = [nullOf()],
  changes: Partial<RunRecord> = {},
): RunRecord {
  const entries = measurements.map((measurement) => ({ measurement, verdicts: [] }))
  return { ...newRunRecord(7), state: 'complete', exitCode: 0, entries, ...changes }
}

/** For tests: a proposal about throughput of axios small-4 against http that changes nothing. */
export function proposalOf(changes: Partial<Proposal> = {}): Proposal {
  const value = { expected: 0.2, scatter: 0.04, replicates: 10 }
  return {
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against http',
    place: 'against/http',
    scale: 'throughput',
    change: 'same',
    what: [],
    current: value,
    proposed: value,
    kept: value,
    promised: [],
    history: [0.2],
    ...changes,
  }
}
