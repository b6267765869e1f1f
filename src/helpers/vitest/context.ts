import type { RunContext } from '../runner/run-context.ts'
import type { Entry } from '../session/entry.ts'
import type { RunOrigin } from './origin.ts'

/** What global set-up hands to the workers of a run. */
interface VitestContext extends RunContext {
  readonly startFile: string
  readonly origin: RunOrigin
}

declare module 'vitest' {
  interface ProvidedContext {
    wiregauge: VitestContext
  }
  interface TaskMeta {
    /** The measurements of a test with their verdicts, on their way to the reporter. */
    wiregauge?: Entry[]
    /** The run that measured them. */
    wiregaugeRun?: RunOrigin
  }
}
