import '../runner/matcher-types.ts'

export { budgetMatchers } from '../runner/matchers.ts'
