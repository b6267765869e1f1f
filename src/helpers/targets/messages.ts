import type { TargetSnapshot } from './counters.ts'

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
}

/** Asks the thread for its counters. */
export interface SnapshotRequest {
  readonly id: number
  readonly reset: boolean
  readonly headers: boolean
  /** Place of the port whose first request is forgotten afterwards, so that the next one is the first. */
  readonly forgetHeadersOf?: number
}

/** What the thread says: first that it listens, then one snapshot a request. */
export type ThreadMessage =
  | { readonly kind: 'listening'; readonly ports: readonly number[] }
  | { readonly kind: 'snapshot'; readonly id: number; readonly snapshot: TargetSnapshot }
