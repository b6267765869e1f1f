import type { OpenClient } from '../clients/contract.ts'
import type { ExpectedReply } from './batch.ts'

/** One arm, opened: its client, the port that it has for itself, and how often it was asked. */
export interface Arm {
  readonly name: string
  readonly client: OpenClient
  readonly port: number
  readonly expected: ExpectedReply
  /** Requests asked for so far, whatever became of them. */
  asked: number
}

/** What the arms are doing, so that a hang can be told with its place. */
export interface Progress {
  /** e.g. `warm-up`, `blocks`. */
  phase: string
  /** The arm at work. */
  arm: string
  /** Grows with every reply; a progress that stands still is a hang. */
  beats: number
}
