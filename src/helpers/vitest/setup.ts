import { aroundEach, expect, inject } from 'vitest'
import { leftOutBy } from '../runner/left-out.ts'
import { provideSessionOfRun } from '../runner/session-of-run.ts'
import { inScope, Scope } from '../session/scope.ts'
import './context.ts'
import { budgetMatchers } from './matchers.ts'

/** Set-up file of a Vitest project with budgets: the matchers, and the session that `measure` works in. */
expect.extend(budgetMatchers)

const { origin, ...context } = inject('wiregauge')
provideSessionOfRun(() => context)

/** Tests may run at the same time, so that what each measures is told apart by its asynchronous context. */
aroundEach(async (runTest, { task, signal }) => {
  const scope = new Scope(signal)
  task.meta.wiregaugeRun = origin
  await inScope(scope, runTest)
  scope.end()
  task.meta.wiregauge = [...scope.entries]
  if (task.result?.state === 'fail') return
  const leftOut = leftOutBy(scope)
  if (leftOut !== undefined) throw leftOut
})
