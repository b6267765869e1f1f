/**
 * Budgets under Node's own test runner, which has no `expect`, and whose hooks share no asynchronous context with tests. So
 * a spec takes `test` and `expect` from here; everything else, such as `describe`, is that of `node:test`.
 *
 * @module
 */

import { test as nodeTest, type TestContext, type TestOptions } from 'node:test'
import { UsageError } from '../budgets/usage-error.ts'
import { expectBudgets } from '../runner/expect-budgets.ts'
import { leftOutBy } from '../runner/left-out.ts'
import type { BudgetMatchers } from '../runner/matchers.ts'
import { reportTest, runAtHand } from '../runner/run-at-hand.ts'
import { provideSessionOfRun } from '../runner/session-of-run.ts'
import { inScope, provideScope, Scope } from '../session/scope.ts'

const reporter = 'wiregauge/node-test/reporter'

provideSessionOfRun(() => runAtHand(reporter))
provideScope(() => {
  throw new UsageError("`measure` and `expect` belong into a `test` that is imported from 'wiregauge/node-test'")
})

// A spec that is wrong as a whole never comes to a test: what it says is told apart from what it did.
process.on('uncaughtExceptionMonitor', (error) => reportTest({ entries: [], failures: [error] }))

/** A test that measures. @param context That of `node:test`. */
type BudgetTest = (context: TestContext) => unknown

type Given = [run: BudgetTest] | [options: TestOptions, run: BudgetTest]

/** The same as `test` of `node:test`, and measurements in it belong to it. */
export const test = Object.assign(
  (name: string, ...given: Given): Promise<void> => {
    const [options, run] = given.length === 1 ? [{}, given[0]] : given
    return nodeTest(name, options, (context) => measuring(context, run))
  },
  {
    /** As of `node:test`. */
    only: (name: string, ...given: Given): Promise<void> => {
      const [options, run] = given.length === 1 ? [{}, given[0]] : given
      return nodeTest.only(name, options, (context) => measuring(context, run))
    },
    skip: nodeTest.skip,
    todo: nodeTest.todo,
  },
)

/** States budgets about what `measure` resolves to. */
export function expect(received: unknown): BudgetMatchers {
  return expectBudgets(
    received,
    (member) => new UsageError(`${member} is no budget; for everything else there is \`node:assert\``),
  )
}

async function measuring(context: TestContext, run: BudgetTest): Promise<void> {
  const scope = new Scope(context.signal)
  const failures: unknown[] = []
  try {
    await inScope(scope, () => run(context))
    const leftOut = leftOutBy(scope)
    if (leftOut !== undefined) throw leftOut
  } catch (error) {
    failures.push(error)
    throw error
  } finally {
    scope.end()
    reportTest({ entries: scope.entries, failures })
  }
}
