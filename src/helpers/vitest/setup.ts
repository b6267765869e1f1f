import { aroundEach, expect, inject } from 'vitest'
import { tunedFor } from '../budgets/budget-file.ts'
import { incompleteness } from '../budgets/completeness.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { startOfRun } from '../reports/run-start.ts'
import { inScope, Scope } from '../session/scope.ts'
import { currentSession, openSession, provideSession } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import './context.ts'
import { budgetMatchers } from './matchers.ts'

/** Set-up file of a Vitest project with budgets: the matchers, and the session that `measure` works in. */
expect.extend(budgetMatchers)

const { root, problem, startFile, ...options } = inject('wiregauge')
provideSession(() => {
  if (problem !== undefined) throw new UsageError(problem)
  return openSession({
    ...options,
    startedAtMs: startOfRun(startFile),
    project: projectAt(root),
    say: (message) => process.stderr.write(`wiregauge: ${message}\n`),
  })
})

/** Tests may run at the same time, so that what each measures is told apart by its asynchronous context. */
aroundEach(async (runTest, { task, signal }) => {
  const scope = new Scope(signal)
  await inScope(scope, runTest)
  scope.end()
  task.meta.wiregauge = [...scope.entries]
  // A test that failed for another reason did not come to state all of its budgets.
  if (task.result?.state === 'fail') return
  if (scope.forgotten !== undefined) throw scope.forgotten
  for (const { measurement, verdicts } of scope.entries) {
    const tuned = tunedFor(currentSession().budgets, measurement.client, measurement.scenario)
    const missing = incompleteness(measurement, verdicts, tuned)
    if (missing !== undefined) throw missing
  }
})
