import type { BudgetMatchers } from '../runner/matchers.ts'

// A package that is not installed cannot be augmented, and which of the two ways to Jest's types a project goes is its own
// business: `@jest/globals` takes them from `expect`, `@types/jest` from a global namespace.

/** @ts-expect-error */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends BudgetMatchers {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends BudgetMatchers {}
  }
}
