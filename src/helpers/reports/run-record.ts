import { measuringFlags } from '../measure/environment.ts'
import { type Machine, thisMachine } from '../measure/machine.ts'
import type { Entry } from '../session/entry.ts'

/** Grows with every change that a reader would notice; see `reports/README.md`. */
export const runRecordVersion = 2

/** Everything about one run, as `reports/latest.json` and `--json` hold it. */
export interface RunRecord {
  readonly schemaVersion: typeof runRecordVersion
  /** `running` while results come, and for ever in the file of a run that was killed. */
  readonly state: 'running' | 'complete' | 'partial'
  readonly startedAt: string
  readonly endedAt?: string
  readonly seed: number
  /** Number of the process that writes the record; records of earlier versions of wiregauge have none. */
  readonly pid?: number
  readonly machine: Machine
  /** Node flags of the measuring processes. */
  readonly flags: readonly string[]
  readonly exitCode?: number
  /**
   * The runs that this record was put together from, by Vitest's `--merge-reports`; absent in what one run measured. Seed,
   * beginning and machine are then those of the first.
   */
  readonly merged?: readonly MergedRun[]
  /** In the order in which they were measured; raw batch times included. */
  readonly entries: readonly Entry[]
}

/** One run of a record that was put together. */
interface MergedRun {
  readonly seed: number
  readonly startedAt: string
  /** Absent for a run that was no shard. */
  readonly shard?: { readonly index: number; readonly count: number }
}

/** The record of a run that begins now. */
export function newRunRecord(seed: number): RunRecord {
  return {
    schemaVersion: runRecordVersion,
    state: 'running',
    startedAt: new Date().toISOString(),
    seed,
    pid: process.pid,
    machine: thisMachine(),
    flags: measuringFlags,
    entries: [],
  }
}
