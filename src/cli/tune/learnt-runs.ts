import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { type LeftOut, readRuns } from '../../helpers/reports/history/read-runs.ts'
import { reasonAgainst, type Trees, type Whereabouts } from './reason-against.ts'

/** A run that budgets are learnt from. */
export interface LearntRun {
  readonly startedAt: string
  readonly measurements: readonly CompletedMeasurement[]
}

/** What files hold that can be learnt from, the oldest first, and what cannot. */
interface Learnt {
  readonly runs: readonly LearntRun[]
  readonly leftOut: readonly LeftOut[]
}

/** What of a set of files is read. */
interface Reading {
  readonly here: Whereabouts
  /** Default `equal`: beside a reference of the same files. */
  readonly trees?: Trees
}

/** Reads the runs of files that can be learnt from here. */
export function learntRuns(files: readonly string[], { here, trees = 'equal' }: Reading): Learnt {
  const { runs, leftOut } = readRuns(files, (record, file): LearntRun | LeftOut => {
    const reason = reasonAgainst(record, here, trees)
    if (reason !== undefined) return { file, reason }
    const measurements = record.entries.flatMap(({ measurement }) =>
      measurement.state === 'completed' ? [measurement] : [],
    )
    return { startedAt: record.startedAt, measurements }
  }, { batchTimes: true })
  return {
    runs: runs.filter((run) => 'measurements' in run),
    leftOut: [...leftOut, ...runs.filter((run) => 'reason' in run)],
  }
}
