import type { RunOptions } from './run-options.ts'

/** What a runner hands to the tests of a run, wherever they are: in workers, in processes, in realms of their own. */
export interface RunContext extends RunOptions {
  readonly root: string
  /**
   * File by which the spec files of a run share its beginning ({@link import('../reports/run-start.ts').startOfRun}); absent
   * where each begins for itself.
   */
  readonly startFile?: string
}
