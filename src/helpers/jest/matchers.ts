import type { BudgetMatchers } from '../runner/matchers.ts'

// Which of the two ways to Jest's types a project goes is its own business: `@jest/globals` takes them from `expect`,
// `@types/jest` from a global namespace.

// biome-ignore lint/suspicious/noTsIgnore: a package cannot be augmented where it is not installed, and is where it is
/** @ts-ignore */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends BudgetMatchers {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends BudgetMatchers {}
  }
}
