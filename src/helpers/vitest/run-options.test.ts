import { expect, test } from 'vitest'
import { runOptionsFrom } from './run-options.ts'

test('a seed that nobody gave is drawn', () => {
  const { seed, ...others } = runOptionsFrom({})
  expect(Number.isSafeInteger(seed)).toBe(true)
  expect(others).toEqual({ strict: false })
})

test.each([
  ['1', true],
  ['0', false],
  ['', false],
])('WIREGAUGE_STRICT=%s is strict: %s', (given, strict) => {
  expect(runOptionsFrom({ WIREGAUGE_SEED: '7', WIREGAUGE_STRICT: given })).toEqual({ seed: 7, strict })
})

test.each([
  [{ WIREGAUGE_SEED: 'abc' }, 'WIREGAUGE_SEED is "abc"; expected a whole number from 0 to 2147483647'],
  [{ WIREGAUGE_SEED: '' }, 'WIREGAUGE_SEED is ""; expected a whole number from 0 to 2147483647'],
  [{ WIREGAUGE_STRICT: 'yes' }, `WIREGAUGE_STRICT is "yes"; expected '1', '0' or nothing`],
])('%j is wrong', (environment, problem) => {
  expect(runOptionsFrom(environment).problem).toBe(problem)
})
