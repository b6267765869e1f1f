import type { HandedOn } from './configuration.ts'
import type { SentError } from './fresh-process-error.ts'
import type { LoadedCode } from './loaded-code.ts'
import type { MeasuredGroup } from './measure-group.ts'

/** What a process that measures for another one is told. */
export interface ReplicateTask {
  /** Draws everything that this process draws. */
  readonly seed: number
  /** Which part of time and iterations it has. */
  readonly share: number
}

/** What such a process measured, on its way through the meta data of its test. */
export interface Replicate {
  readonly pid: number
  /** How it was configured ({@link import('./configuration.ts').configuration}). */
  readonly configuration: string
  /** In the order in which the test ran them. */
  readonly groups: MeasuredGroup[]
  /** What it had loaded when it measured each of them. */
  readonly loaded: LoadedCode[]
  /** Set where a benchmark or one of its hooks threw. */
  threw?: boolean
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent in the run that somebody started. */
    wiregaugeReplicate?: ReplicateTask
  }
  interface TaskMeta {
    /** In a run that measures for another one: what it measured. */
    wiregaugeReplicate?: Replicate
  }
}

/** What the process that starts the fresh ones is asked for, once. */
export interface HostTask {
  /** Folders whose Vitest configuration may be the one of the run, the likeliest first; or that file itself. */
  readonly places: readonly string[]
  readonly project: string
  readonly root: string
  /** Go before those of the configuration. */
  readonly settings: HandedOn
  readonly moduleId: string
  readonly testId: string
  readonly processes: number
  readonly seed: number
  /** When no further process may begin that would end later; milliseconds since 1970. Absent without a limit. */
  readonly endByMs?: number
}

export type HostMessage =
  | { readonly kind: 'replicate'; readonly replicate: Replicate }
  /** The test failed there; `replicate` holds what it came to before, if it came to anything. */
  | { readonly kind: 'failed'; readonly error: SentError; readonly replicate?: Replicate }
  /** It could not begin there. */
  | { readonly kind: 'lack'; readonly reason: string }
  | { readonly kind: 'late' }
