import { sentError } from './fresh-process-error.ts'
import type { HostMessage, Replicate } from './replicate.ts'

/** How the run of a test in a fresh process ended. */
export interface ReplicateRun {
  /** Absent where its file was not even collected. */
  readonly test?: {
    readonly state: 'pending' | 'passed' | 'failed' | 'skipped'
    /** Of the test and of the hooks around each test. */
    readonly errors: readonly unknown[]
    /** Whether it is expected to fail, so that its result says nothing where its claims are passed by. */
    readonly fails: boolean
    readonly measured?: Replicate
  }
  /** Errors that nobody caught; the end of a worker is one. */
  readonly unhandled: readonly unknown[]
  /** Of modules and suites: what stands around the test. */
  readonly around: readonly unknown[]
}

/**
 * What a run in a fresh process is worth: a replicate, a failure of the test, or neither, where it could not begin there. What
 * a benchmark throws is always a failure. So is what else the test throws, since its later assertions look at work that was
 * done in that process only; but for a port, which the test of the run itself may hold.
 */
export function outcomeOf({ test, unhandled, around }: ReplicateRun): HostMessage {
  const ran = test !== undefined && test.state !== 'skipped'
  const own = [...(test?.state === 'failed' && !test.fails ? test.errors : []), ...unhandled]
  const { measured } = test ?? {}
  const failure = measured?.threw ? own[0] : own.find((error) => !hasNoPlace(error))
  if (ran && failure !== undefined) {
    return { kind: 'failed', error: sentError(failure), ...(measured && { replicate: measured }) }
  }
  if (measured !== undefined && measured.groups.length > 0 && own.length === 0) {
    return { kind: 'replicate', replicate: measured }
  }
  return { kind: 'lack', reason: [...around, ...own].map(firstLine)[0] ?? 'the test measured nothing there' }
}

/** The first line of what an error says. */
export function firstLine(error: unknown): string {
  return sentError(error).message.split('\n')[0] ?? ''
}

/** Whether it is no fault of the test that it did not run there: a port that the run holds, or a worker that did not start. */
function hasNoPlace(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown }
  return code === 'EADDRINUSE' || /^\[vitest-pool\]: (Timeout|Failed to) start/.test(sentError(error).message)
}
