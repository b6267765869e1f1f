import { ownCounts } from '../../budgets/counts.ts'
import { kindOf } from '../../budgets/verdict.ts'
import type { CompletedMeasurement } from '../../measure/result.ts'
import type { Entry } from '../../session/entry.ts'
import { rootMeanSquare } from '../../statistics/summary.ts'
import { allocatedBytes, differencesOfNulls, requestsPerSecond, shareOf } from '../measured-figures.ts'
import type { RunRecord } from '../run-record.ts'

/** What is kept of a run in memory: small, so that a thousand of them are. */
export interface RunDigest extends Pick<RunRecord, 'startedAt' | 'state' | 'seed' | 'exitCode'> {
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
  readonly league: string
  /** The worst of its verdicts, or what became of the measurement. */
  readonly verdict: WorstVerdict
  /** Of the library that it ran on; absent for clients that come with Node and for what is invalid. */
  readonly version?: string
  readonly requestsPerSecond?: number
  /** Throughput as a share of the control's, measured in the same seconds. */
  readonly ofControl?: number
  readonly allocatedBytesPerRequest?: number
  readonly budgets: number
}

/** From the worst on. */
export const verdictsWorstFirst = [
  'invalid',
  'regressed',
  'blind',
  'inconclusive',
  'false red',
  'pass',
  'not judged',
] as const

export type WorstVerdict = (typeof verdictsWorstFirst)[number]

/** The worst verdict of an entry. */
export function worstOf({ measurement, verdicts }: Entry): WorstVerdict {
  if (measurement.state === 'invalid') return 'invalid'
  const kinds = new Set<WorstVerdict>(verdicts.map((verdict) => (verdict.blind ? 'blind' : kindOf(verdict))))
  return verdictsWorstFirst.find((kind) => kinds.has(kind)) ?? 'not judged'
}

/** What is kept of a run. @param file Where its record is. */
export function runDigest(record: RunRecord, file: string): RunDigest {
  const { startedAt, state, seed, exitCode, machine, entries } = record
  const completed = entries.flatMap(({ measurement }) => (measurement.state === 'completed' ? [measurement] : []))
  const differences = differencesOfNulls(completed)
  const steal = completed.flatMap(({ machineState }) => machineState.stealShare ?? [])
  const throttled = completed.flatMap(({ machineState }) => machineState.throttledShare ?? [])
  return {
    file,
    startedAt,
    state,
    seed,
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
  const { client, scenario, league } = measurement
  const figures = measurement.state === 'completed' ? figuresOf(measurement) : {}
  return { client, scenario, league, verdict: worstOf(entry), ...figures, budgets: verdicts.length }
}

function figuresOf(measurement: CompletedMeasurement) {
  const [counts] = ownCounts(measurement)
  const perSecond = requestsPerSecond(measurement)
  const ofControl = shareOf(measurement.load, measurement.client, 'http')
  const allocated = allocatedBytes(measurement)
  return {
    ...(counts?.version === undefined ? {} : { version: counts.version }),
    ...(perSecond === undefined ? {} : { requestsPerSecond: perSecond }),
    ...(ofControl === undefined ? {} : { ofControl }),
    ...(allocated === undefined ? {} : { allocatedBytesPerRequest: allocated }),
  }
}
