import { ownCounts } from '../../budgets/counts.ts'
import { kindOf, type Verdict } from '../../budgets/verdict.ts'
import type { CompletedMeasurement } from '../../measure/result.ts'
import type { Entry } from '../../session/entry.ts'
import { rootMeanSquare } from '../../statistics/summary.ts'
import { differencesOfNulls, shareOf } from '../measured-figures.ts'
import type { RunRecord } from '../run-record.ts'

/** What is kept of a run in memory: small, so that a thousand of them are. */
export interface RunDigest extends Pick<RunRecord, 'startedAt' | 'state' | 'exitCode'> {
  /** Where its record is. */
  readonly file: string
  /** Class of the machine, by which runs are compared or kept apart. */
  readonly machine: string
  readonly node: string
  /** Root mean square of what equal code differed by, as a share; absent where no A/A pair was measured. */
  readonly noise?: number
  /** Largest shares of time over its measurements, 0 to 1; absent where the system does not tell. */
  readonly stealShare?: number
  readonly throttledShare?: number
  readonly entries: readonly EntryDigest[]
}

/** A client under a scenario in one run. */
export interface EntryDigest {
  readonly client: string
  readonly scenario: string
  /** The worst of its verdicts, or what became of the measurement. */
  readonly verdict: WorstVerdict
  readonly budgets: number
  /** Of the library that it ran on; absent for clients that come with Node and for what is invalid. */
  readonly version?: string
  /** Throughput as a share of the control's, measured in the same seconds. */
  readonly ofControl?: number
}

/** From the worst on. */
export const verdictsWorstFirst = [
  'invalid',
  'regressed',
  'blind',
  'inconclusive',
  'false red',
  'no reference yet',
  'pass',
  'not judged',
] as const

export type WorstVerdict = (typeof verdictsWorstFirst)[number]

/** A verdict in a word. */
export function wordOf(verdict: Verdict): WorstVerdict {
  return verdict.blind ? 'blind' : kindOf(verdict)
}

/** The worst verdict of an entry. */
export function worstOf({ measurement, verdicts }: Entry): WorstVerdict {
  if (measurement.state === 'invalid') return 'invalid'
  const kinds = new Set<WorstVerdict>(verdicts.map(wordOf))
  return verdictsWorstFirst.find((kind) => kinds.has(kind)) ?? 'not judged'
}

/** What is kept of a run. @param file Where its record is. */
export function runDigest(record: RunRecord, file: string): RunDigest {
  const { startedAt, state, exitCode, machine, entries } = record
  const completed = entries.flatMap(({ measurement }) => (measurement.state === 'completed' ? [measurement] : []))
  const differences = differencesOfNulls(completed)
  const steal = completed.flatMap(({ machineState }) => machineState.stealShare ?? [])
  const throttled = completed.flatMap(({ machineState }) => machineState.throttledShare ?? [])
  return {
    file,
    startedAt,
    state,
    ...(exitCode === undefined ? {} : { exitCode }),
    machine: machine.class,
    node: machine.node,
    ...(differences.length === 0 ? {} : { noise: rootMeanSquare(differences) }),
    ...(steal.length === 0 ? {} : { stealShare: Math.max(...steal) }),
    ...(throttled.length === 0 ? {} : { throttledShare: Math.max(...throttled) }),
    entries: entries.map(entryDigest),
  }
}

function entryDigest(entry: Entry): EntryDigest {
  const { measurement, verdicts } = entry
  const { client, scenario } = measurement
  const judged = { verdict: worstOf(entry), budgets: verdicts.length }
  return { client, scenario, ...judged, ...(measurement.state === 'completed' ? figuresOf(measurement) : {}) }
}

function figuresOf(measurement: CompletedMeasurement) {
  const [counts] = ownCounts(measurement)
  const ofControl = shareOf(measurement.load, measurement.client, 'http')
  return {
    ...(counts?.version === undefined ? {} : { version: counts.version }),
    ...(ofControl === undefined ? {} : { ofControl }),
  }
}
