import { scatteringBudgets, tunedFor } from '../../helpers/budgets/budget-file.ts'
import { errorRates } from '../../helpers/budgets/decision.ts'
import { clients } from '../../helpers/clients/list.ts'
import { scenarios } from '../../helpers/scenarios/list.ts'
import type { Session } from '../../helpers/session/session.ts'
import type { StatedBudgets } from '../specs/stated-budgets.ts'
import { digestOf } from './judged-by.ts'
import type { StatedSubject } from './tools.ts'

/**
 * The clients and scenarios of the suite that trials can be made of: a budget against the reference is stated, and two
 * copies of the client can stand side by side in one process.
 */
export function statedSubjects(
  stated: StatedBudgets,
  { budgets, effort }: Pick<Session, 'budgets' | 'effort'>,
): readonly StatedSubject[] {
  const rates = errorRates(scatteringBudgets(budgets))
  return [...stated].flatMap(([name, thresholds]): StatedSubject[] => {
    const [clientName = '', scenarioName = ''] = name.split(' ')
    const client = clients.find((each) => each.name === clientName)
    const scenario = scenarios.find((each) => each.name === scenarioName)
    if (client?.library === undefined || client.processWide || scenario === undefined) return []
    const { reference, tail, costs } = thresholds
    if (reference === undefined) return []
    const judgedBy = digestOf(tunedFor(budgets, clientName, scenarioName), reference, tail, costs, effort, rates)
    return [{ client, scenario, stated: thresholds, judgedBy }]
  })
}
