import type { Entry } from '../session/entry.ts'

/** What global set-up hands to the workers of a run. */
export interface RunContext {
  readonly root: string
  /** Everything drawn in the run follows from it. */
  readonly seed: number
  readonly strict: boolean
}

declare module 'vitest' {
  interface ProvidedContext {
    wiregauge: RunContext
  }
  interface TaskMeta {
    /** The measurements of a test with their verdicts, on their way to the reporter. */
    wiregauge?: Entry[]
  }
}
