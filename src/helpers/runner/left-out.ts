import { tunedFor } from '../budgets/budget-file.ts'
import { incompleteness } from '../budgets/completeness.ts'
import type { UsageError } from '../budgets/usage-error.ts'
import type { Scope } from '../session/scope.ts'
import { currentSession } from '../session/session.ts'

/**
 * What a test that has passed left out: a promise that it did not await, or a budget of what it measured. One that failed for
 * another reason did not come to state all of its budgets, and is not to be asked.
 */
export function leftOutBy(scope: Scope): UsageError | undefined {
  if (scope.forgotten !== undefined) return scope.forgotten
  for (const { measurement, verdicts } of scope.entries) {
    const tuned = tunedFor(currentSession().budgets, measurement.client, measurement.scenario)
    const missing = incompleteness(measurement, verdicts, tuned)
    if (missing !== undefined) return missing
  }
  return undefined
}
