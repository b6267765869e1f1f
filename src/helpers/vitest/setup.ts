import { afterEach, beforeEach, expect, inject } from 'vitest'
import { tunedFor } from '../budgets/budget-file.ts'
import { incompleteness } from '../budgets/completeness.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { currentSession, openSession, provideSession } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import './context.ts'
import { budgetMatchers } from './matchers.ts'
import { TestScope } from './test-scope.ts'

/** Set-up file of a Vitest project with budgets: the matchers, and the session that `measure` works in. */
expect.extend(budgetMatchers)

let scope = new TestScope()

const { root, seed, strict, problem } = inject('wiregauge')
provideSession(() => {
  if (problem !== undefined) throw new UsageError(problem)
  return openSession({
    project: projectAt(root),
    seed,
    strict,
    say: (message) => process.stderr.write(`wiregauge: ${message}\n`),
    signal: () => scope.signal,
    onMeasurement: (measurement) => scope.add(measurement),
    onVerdict: (measurement, verdict) => scope.judge(measurement, verdict),
  })
})

beforeEach(({ task, signal }) => {
  scope = new TestScope(signal)
  task.meta.wiregauge = scope.entries
})

afterEach(({ task }) => {
  scope.end()
  // A test that failed for another reason did not come to state all of its budgets.
  if (task.result?.state === 'fail') return
  for (const { measurement, verdicts } of scope.entries) {
    const tuned = tunedFor(currentSession().budgets, measurement.client, measurement.scenario)
    const problem = incompleteness(measurement, verdicts, tuned)
    if (problem !== undefined) throw problem
  }
})
