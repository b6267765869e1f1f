import { readBudgetFile, tunedFor } from '../../helpers/budgets/budget-file.ts'
import { incompleteness, unmeasured } from '../../helpers/budgets/completeness.ts'
import type { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { collectSpecs, ofGate } from '../specs/collect.ts'
import { survey } from '../survey.ts'

/** Of which gate the shards are. */
interface Gate {
  /** The project. */
  readonly root: string
  /** Whether what is wide was to be measured as well. */
  readonly all: boolean
  readonly say: (message: string) => void
}

/**
 * Budgets of the budget file that no shard of a gate measured, or did not come to judge: a shard that is missing or was
 * killed would otherwise leave the gate green.
 *
 * @param entries What the shards measured, together.
 * @throws {UsageError} where the project's budgets or specs cannot be read.
 */
export async function missingInShards(
  entries: readonly Entry[],
  { root, all, say }: Gate,
): Promise<readonly UsageError[]> {
  const project = projectAt(root)
  const budgets = readBudgetFile(project.budgetFile)
  const measured = entries.map(({ measurement }) => measurement)
  const expectedElsewhere = all ? [] : await wideSubjects()
  const unjudged = entries.flatMap(({ measurement, verdicts }) => {
    const tuned = tunedFor(budgets, measurement.client, measurement.scenario)
    return Object.keys(tuned).length === 0 ? [] : (incompleteness(measurement, verdicts, tuned) ?? [])
  })
  return [...unmeasured(budgets, [...measured, ...expectedElsewhere]), ...unjudged]

  async function wideSubjects() {
    // Nothing is measured, so that no reference has to be there.
    const { reference: _, ...withoutReference } = budgets
    const session = openSession({ project, seed: 0, say }, withoutReference)
    const tests = await survey(await collectSpecs(project), session)
    const gate = new Set(ofGate(tests))
    return tests.flatMap((test) => (gate.has(test) || test.subject === undefined ? [] : test.subject))
  }
}
