import { UsageError } from '../budgets/usage-error.ts'
import { epochMs } from '../measure/epoch.ts'
import { startOfRun } from '../reports/run-start.ts'
import { openSession, provideSession } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import type { RunContext } from './run-context.ts'

/**
 * Has the first `measure` of this process, or realm, open the session of its run.
 *
 * @param contextOf Asked then, and not before: a runner may know of its run later than it loads a spec.
 */
export function provideSessionOfRun(contextOf: () => RunContext): void {
  provideSession(() => {
    const { root, problem, startFile, ...options } = contextOf()
    if (problem !== undefined) throw new UsageError(problem)
    return openSession({
      ...options,
      startedAtMs: startFile === undefined ? epochMs() : startOfRun(startFile),
      project: projectAt(root),
      say: (message) => process.stderr.write(`wiregauge: ${message}\n`),
    })
  })
}
