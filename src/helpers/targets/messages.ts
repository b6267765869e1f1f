import type { TargetSnapshot } from './counters.ts'
import type { TargetSource } from './target-source.ts'

/** What a target needs to speak TLS, as PEM. */
export interface TargetTls {
  readonly certificate: string
  readonly key: string
}

/** What the target's thread is started with. */
export interface ThreadOptions {
  /** How many ports to listen on. */
  readonly ports: number
  /** Certificate and key as PEM; present where the ports speak TLS. */
  readonly tls?: TargetTls
  /** Whether the thread ends the whole process when the parent process is gone. */
  readonly endWithParent: boolean
  /** What answers. Default: the built-in target. */
  readonly source?: TargetSource
}

/** Asks the thread for its counters. */
export interface SnapshotRequest {
  readonly id: number
  readonly reset: boolean
  readonly headers: boolean
  /** Place of the port whose first request is forgotten afterwards, so that the next one is the first. */
  readonly forgetHeadersOf?: number
}

/** What the thread says: first that it listens, or why it does not, then one snapshot a request. */
export type ThreadMessage =
  /** `recordingPort`: one more, for what is asked of a project's own server before anybody is measured. */
  | { readonly kind: 'listening'; readonly ports: readonly number[]; readonly recordingPort?: number }
  /** The module that was to answer is wrong. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It threw where nobody caught it. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'snapshot'; readonly id: number; readonly snapshot: TargetSnapshot }
