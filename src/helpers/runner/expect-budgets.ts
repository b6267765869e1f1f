import type { UsageError } from '../budgets/usage-error.ts'
import { currentScope } from '../session/scope.ts'
import { type BudgetMatchers, budgetMatchers } from './matchers.ts'

/** A budget is broken; what a runner with an `expect` of its own reports as a failed assertion. */
export class BudgetFailure extends Error {
  override readonly name = 'BudgetFailure'
}

/** The matchers as a type without a name, which is assignable to one with any name. */
type Budgets = Pick<BudgetMatchers, keyof BudgetMatchers>

/**
 * `expect` where the runner has none that could be extended: budgets, and nothing else.
 *
 * @param unknown Makes the error about a member that is no budget, such as `expect(…).toBe`.
 */
export function expectBudgets(received: unknown, unknown: (member: string) => UsageError): Budgets {
  const bound = Object.entries(budgetMatchers).map(([name, matcher]) => [
    name,
    (...stated: unknown[]) =>
      currentScope().awaited(
        `expect(…).${name}(…)`,
        holding((matcher as (...all: unknown[]) => ReturnType<typeof matcher>)(received, ...stated)),
      ),
  ])
  return new Proxy(Object.fromEntries(bound) as unknown as Budgets, {
    get: (matchers, name) => {
      if (Object.hasOwn(matchers, name)) return Reflect.get(matchers, name)
      throw unknown(`expect(…).${String(name)}`)
    },
  })
}

async function holding(judged: ReturnType<(typeof budgetMatchers)[keyof typeof budgetMatchers]>): Promise<void> {
  const { pass, message } = await judged
  if (!pass) throw new BudgetFailure(message())
}
