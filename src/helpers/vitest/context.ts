import type { RunContext } from '../runner/run-context.ts'
import type { Entry } from '../session/entry.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What global set-up hands to the workers of a run. */
    wiregauge: RunContext
  }
  interface TaskMeta {
    /** The measurements of a test with their verdicts, on their way to the reporter. */
    wiregauge?: Entry[]
  }
}
