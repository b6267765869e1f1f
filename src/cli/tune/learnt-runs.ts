import type { Whereabouts } from '../../helpers/budgets/whereabouts.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { type LeftOut, readRuns } from '../../helpers/reports/history/read-runs.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import { byMachine, othersLine } from './by-machine.ts'
import { controlDrift } from './control-drift.ts'
import { learntPart, type Trees } from './learnt-part.ts'
import { reasonAgainst, whereaboutsOf } from './reason-against.ts'

/** A run that budgets are learnt from. */
export interface LearntRun {
  readonly startedAt: string
  readonly measurements: readonly CompletedMeasurement[]
}

/** What is not learnt from: a file, or only a part of it, or with a number of files those of another machine. */
export interface Unlearnt extends LeftOut {
  /** Client and scenario, where it is only what was measured of them. */
  readonly part?: string
  /** Runs of another machine, in words with all that is to be said of them. */
  readonly others?: string
}

/** What files hold that can be learnt from, the oldest first, and what cannot. */
export interface Learnt {
  readonly runs: readonly LearntRun[]
  readonly leftOut: readonly Unlearnt[]
  /** What is to be known about the runs that are learnt from, a line each. */
  readonly told: readonly string[]
  /** Where and when the newest of them was measured; absent where there is none. */
  readonly place?: Place
}

/** Machine, flags and time as the record of a run has them. */
type Place = Pick<RunRecord, 'machine' | 'flags' | 'startedAt'>

/** What of a set of files is read. */
interface Reading {
  readonly here: Whereabouts
  /** Class or name of the machine whose runs are read, as {@link byMachine} takes it. Default: that of `here`. */
  readonly machine?: string
  /** Default `equal`: beside a reference of the same files. */
  readonly trees?: Trees
}

/** Reads the runs of files that can be learnt from: those of one machine. */
export function learntRuns(files: readonly string[], { here, machine, trees = 'equal' }: Reading): Learnt {
  const { runs: read, leftOut } = readRuns(files, (record, file) => readRun(record, file, trees), { batchTimes: true })
  const { taken, others } = byMachine(read, here, machine)
  const used = taken.filter(({ run }) => run.measurements.length > 0)
  const runs = used.map(({ run }) => run)
  const place = used.at(-1)?.place
  const drift = controlDrift(runs)
  return {
    runs,
    leftOut: [
      ...leftOut,
      ...taken.flatMap((each) => each.leftOut),
      ...others.map((each) => ({ file: each.runs[0]?.file ?? '', reason: 'other machine', others: othersLine(each) })),
    ],
    told: drift === undefined ? [] : [drift],
    ...(place === undefined ? {} : { place }),
  }
}

/** A run that was read. */
interface ReadRun {
  readonly file: string
  readonly place: Place
  readonly whereabouts: Whereabouts
  /** Without measurements where nothing of it is learnt from. */
  readonly run: LearntRun
  readonly leftOut: readonly Unlearnt[]
}

function readRun(record: RunRecord, file: string, trees: Trees): ReadRun {
  const { startedAt, machine, flags } = record
  const read = { file, place: { machine, flags, startedAt }, whereabouts: whereaboutsOf(record) }
  const reason = reasonAgainst(record)
  if (reason !== undefined) return { ...read, run: { startedAt, measurements: [] }, leftOut: [{ file, reason }] }
  const measurements: CompletedMeasurement[] = []
  const leftOut: Unlearnt[] = []
  for (const { measurement } of record.entries) {
    if (measurement.state !== 'completed') continue
    const { measurement: learnt, doubts } = learntPart(measurement, trees)
    if (learnt !== undefined) measurements.push(learnt)
    const part = `${measurement.client} ${measurement.scenario}`
    leftOut.push(...doubts.map((doubt) => ({ file, reason: doubt, part })))
  }
  return { ...read, run: { startedAt, measurements }, leftOut }
}
