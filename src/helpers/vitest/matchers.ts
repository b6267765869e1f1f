import type { BudgetMatchers } from '../runner/matchers.ts'

export { budgetMatchers } from '../runner/matchers.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends BudgetMatchers {}
}
