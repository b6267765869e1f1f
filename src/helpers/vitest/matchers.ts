/**
 * The matchers of budgets by themselves, with their types for Vitest's and Jest's `expect`. `wiregauge/vitest/setup` and
 * `wiregauge/jest` add them; who imports this module extends an `expect` of their own.
 *
 * @module
 */

import '../runner/matcher-types.ts'

export { budgetMatchers } from '../runner/matchers.ts'
