import type { BudgetMatchers } from './matchers.ts'

// The types of `expect` of every runner that has one. A package that is not installed cannot be augmented, and need not be:
// the comments that say so come along into the declarations. Of Jest there are two, as `@jest/globals` takes its types from
// `expect`, and `@types/jest` has them in a global namespace.

// biome-ignore lint/suspicious/noTsIgnore: it is an error only where Vitest is not installed
/** @ts-ignore */
declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends BudgetMatchers {}
}

// biome-ignore lint/suspicious/noTsIgnore: it is an error only where Jest is not installed
/** @ts-ignore */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends BudgetMatchers {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends BudgetMatchers {}
  }
}

export type { BudgetMatchers }
