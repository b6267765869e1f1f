/**
 * Set-up file of a Vitest project with budgets, which `budgetProject` names: it gives `expect` the matchers of `BudgetMatchers`
 * and opens the session that `measure` works in. It exports nothing. A project by hand names it in `setupFiles`, and needs
 * `wiregauge/vitest/global-setup` in `globalSetup`, which it has the seed and the options of the run from.
 *
 * A test that is run again, by `retry` or `repeats`, is refused: more evidence is the retry.
 *
 * @module
 */

import { aroundEach, expect, inject } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { leftOutBy } from '../runner/left-out.ts'
import { provideSessionOfRun } from '../runner/session-of-run.ts'
import { inScope, Scope } from '../session/scope.ts'
import './context.ts'
import { budgetMatchers } from './matchers.ts'

expect.extend(budgetMatchers)

const { origin, ...context } = inject('wiregauge')
provideSessionOfRun(() => context)

const begun = new WeakSet<object>()

/** Tests may run at the same time, so that what each measures is told apart by its asynchronous context. */
aroundEach(async (runTest, { task, signal }) => {
  if (begun.has(task)) {
    throw new UsageError(
      'the test is run again; leave `retry` and `repeats` at 0, on the command line and in the test: more evidence is the retry',
    )
  }
  begun.add(task)
  const scope = new Scope(signal)
  task.meta.wiregaugeRun = origin
  await inScope(scope, runTest)
  scope.end()
  task.meta.wiregauge = [...scope.entries]
  if (task.result?.state === 'fail') return
  const leftOut = leftOutBy(scope)
  if (leftOut !== undefined) throw leftOut
})
