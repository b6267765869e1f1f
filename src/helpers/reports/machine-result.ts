import type { Entry } from '../session/entry.ts'
import type { RunDigest } from './history/run-digest.ts'

/** What was measured on machines of one class and on one Node. */
export interface MachineResult {
  /** Class and Node, in words. */
  readonly machine: string
  /** For each client and scenario the newest. */
  readonly entries: readonly Entry[]
  /** Every run that was read, the oldest first; the result is among them. */
  readonly runs: readonly RunDigest[]
}
