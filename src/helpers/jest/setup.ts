/**
 * Set-up file of a Jest project with budgets: `setupFilesAfterEnv: ['wiregauge/jest']`. It gives `expect` the matchers of
 * `BudgetMatchers` and opens the session that `measure` works in, and sets Jest's time limit of a test to an hour, because every
 * wait inside has a limit of its own. It exports nothing. `wiregauge/jest/reporter` stands beside, and sets the exit code.
 *
 * Tests run one after the other, as Jest's do: hooks share no asynchronous context with their test, so that the test at hand is
 * what tells whose a measurement is. `test.concurrent` and `jest.retryTimes` are refused.
 *
 * @module
 */

import { afterEach, beforeEach, expect, jest } from '@jest/globals'
import { UsageError } from '../budgets/usage-error.ts'
import { leftOutBy } from '../runner/left-out.ts'
import '../runner/matcher-types.ts'
import { runOfFile } from '../reports/run-notes.ts'
import { budgetMatchers } from '../runner/matchers.ts'
import { reportTest, runAtHand } from '../runner/run-at-hand.ts'
import { provideSessionOfRun } from '../runner/session-of-run.ts'
import { currentScope, provideScope, Scope } from '../session/scope.ts'

/** Beyond what a run may take by its cap; every wait inside has its own limit. Jest's 5 s are over before a measurement is. */
const waitMs = 3_600_000

interface TestAtHand {
  readonly scope: Scope
  readonly identity: unknown
}

let atHand: TestAtHand | undefined
const begun = new WeakSet<object>()

jest.setTimeout(waitMs)
expect.extend(noticed(budgetMatchers))
provideSessionOfRun(() => runAtHand('wiregauge/jest/reporter', runFolder()))
provideScope(() => {
  if (atHand !== undefined && atHand.identity === identityAtHand()) return atHand.scope
  throw new UsageError(
    '`measure` and its budgets belong into a test that runs alone: not into `test.concurrent`, for which Jest runs no hooks, ' +
      'and not into what goes on when its test has ended',
  )
})

beforeEach(() => {
  const identity = identityAtHand()
  if (typeof identity === 'object' && identity !== null) {
    if (begun.has(identity))
      throw new UsageError('the test is run again; leave `jest.retryTimes` at 0: more evidence is the retry')
    begun.add(identity)
  }
  atHand = { scope: new Scope(), identity }
})

afterEach(() => {
  if (atHand === undefined) return
  const { scope } = atHand
  const leftOut = hasFailed(atHand) ? undefined : leftOutBy(scope)
  scope.end()
  atHand = undefined
  const failures = leftOut === undefined ? scope.failures : [...scope.failures, leftOut]
  reportTest({ entries: scope.entries, failures }, runFolder())
  if (leftOut !== undefined) throw leftOut
})

/** The folder of the run that this file belongs to. */
function runFolder(): string | undefined {
  return runOfFile(expect.getState().testPath ?? '')
}

/** What tells one test from another for the code that runs. */
function identityAtHand(): unknown {
  const { currentTestIdentity, currentConcurrentTestName, currentTestName } = expect.getState()
  return currentTestIdentity?.() ?? currentConcurrentTestName?.() ?? currentTestName
}

/** Whether a test has failed so far, as far as Jest tells: its object has a list of errors, in the older versions there is none. */
function hasFailed({ scope, identity }: TestAtHand): boolean {
  if (scope.failures.length > 0) return true
  const { errors }: { errors?: unknown } = typeof identity === 'object' && identity !== null ? identity : {}
  return Array.isArray(errors) && errors.length > 0
}

type Judge = (...given: never[]) => Promise<unknown>

/** Has the scope know of matchers until they have judged: Jest itself waits for what a test forgot to, and tells nobody. */
function noticed(matchers: Readonly<Record<string, Judge>>): Readonly<Record<string, Judge>> {
  const wrapped = Object.entries(matchers).map(([name, judge]): [string, Judge] => [
    name,
    (...given) => {
      const scope = currentScope()
      const judged = judge(...given)
      const awaited = scope.awaited(`expect(…).${name}(…)`, judged)
      const settled = (): unknown => awaited.catch(() => {})
      judged.then(settled, settled)
      return judged
    },
  ])
  return Object.fromEntries(wrapped)
}
