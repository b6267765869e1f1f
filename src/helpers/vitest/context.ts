import type { Entry } from '../session/entry.ts'
import type { RunOptions } from './run-options.ts'

/** What global set-up hands to the workers of a run. */
export interface RunContext extends RunOptions {
  readonly root: string
  /** File by which the spec files of a run share its beginning ({@link import('../reports/run-start.ts').startOfRun}). */
  readonly startFile: string
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
