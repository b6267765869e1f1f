import type { Measurement } from '../measure/result.ts'
import { type BudgetFile, measurementsOf, scatteringEntries, type TunedScenario } from './budget-file.ts'
import { budgetAt, exactPlaces } from './kinds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** Names of the budgets, as verdicts have them, that a scenario's entries in the budget file are for. */
function budgetsOf(tuned: TunedScenario): string[] {
  const places = [
    ...scatteringEntries(tuned).map(({ place }) => place),
    ...exactPlaces.filter((place) => place in tuned),
  ]
  return places.flatMap((place) => budgetAt(place) ?? [])
}

/**
 * Compares what was measured and judged with the budget file: a measurement without a budget gates nothing, and a tuned
 * budget that no spec states is lost in silence.
 *
 * @returns What is missing, or undefined.
 */
export function incompleteness(
  measurement: Pick<Measurement, 'client' | 'scenario' | 'state'>,
  verdicts: readonly Pick<Verdict, 'budget'>[],
  tuned: TunedScenario,
): UsageError | undefined {
  const { client, scenario, state } = measurement
  if (verdicts.length === 0) {
    return new UsageError(
      `${client} ${scenario} was measured without a budget; state one with expect(…), or do not measure`,
    )
  }
  if (state === 'invalid') return undefined
  const unstated = budgetsOf(tuned).filter((name) => verdicts.every(({ budget }) => budget !== name))
  if (unstated.length === 0) return undefined
  return new UsageError(
    `the budget file has values for ${client} ${scenario} that its test states no budget for: ${unstated.join(', ')}. ` +
      'State them, or remove the entries.',
  )
}

/**
 * What the budget file holds and a whole run did not measure: a spec that was deleted or renamed would otherwise leave
 * its budgets behind, and the run green.
 *
 * @param measured What was measured, or would have been.
 * @returns One error a client and scenario.
 */
export function unmeasured(
  file: BudgetFile,
  measured: readonly { readonly client: string; readonly scenario: string }[],
): readonly UsageError[] {
  const known = new Set(measured.map(({ client, scenario }) => `${client} ${scenario}`))
  return measurementsOf(file)
    .filter(({ client, scenario }) => !known.has(`${client} ${scenario}`))
    .map(
      ({ client, scenario }) =>
        new UsageError(
          `the budget file has budgets for ${client} ${scenario}, which was not measured (no spec has it, or its test is skipped); write its test, or remove ` +
            `/clients/${client}/${scenario}`,
        ),
    )
}
