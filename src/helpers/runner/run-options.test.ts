import { expect, test } from 'vitest'
import { runOptionsFrom } from './run-options.ts'

test('a seed that nobody gave is drawn, and there is no cap of its own', () => {
  const { seed, ...others } = runOptionsFrom({})
  expect(Number.isSafeInteger(seed)).toBe(true)
  expect(others).toEqual({ strict: false, keep: 500 })
})

test.each([
  ['1', true],
  ['0', false],
  ['', false],
])('WIREGAUGE_STRICT=%s is strict: %s', (given, strict) => {
  expect(runOptionsFrom({ WIREGAUGE_SEED: '7', WIREGAUGE_STRICT: given })).toMatchObject({ seed: 7, strict })
})

test('WIREGAUGE_CAP_SECONDS is the cap', () => {
  expect(runOptionsFrom({ WIREGAUGE_CAP_SECONDS: '90' }).capSeconds).toBe(90)
})

test('WIREGAUGE_KEEP is how many runs stay in the history', () => {
  expect(runOptionsFrom({ WIREGAUGE_KEEP: '30' }).keep).toBe(30)
})

test('WIREGAUGE_BASE is the branch that is compared with, and else the one that a pull request on GitHub goes to', () => {
  const github = { GITHUB_BASE_REF: 'develop' }
  const named = { branch: 'release', namedBy: 'WIREGAUGE_BASE' }
  expect(runOptionsFrom({ ...github, WIREGAUGE_BASE: 'release' }).base).toEqual(named)
  expect(runOptionsFrom({ ...github, WIREGAUGE_BASE: '' }).base).toEqual({
    branch: 'develop',
    namedBy: 'GITHUB_BASE_REF',
  })
  expect(runOptionsFrom({ GITHUB_BASE_REF: '' })).not.toHaveProperty('base')
})

test.each([
  [{ WIREGAUGE_KEEP: '0' }, 'WIREGAUGE_KEEP is "0"; expected a whole number above 0'],
  [{ WIREGAUGE_SEED: 'abc' }, 'WIREGAUGE_SEED is "abc"; expected a whole number from 0 to 2147483647'],
  [{ WIREGAUGE_SEED: '' }, 'WIREGAUGE_SEED is ""; expected a whole number from 0 to 2147483647'],
  [{ WIREGAUGE_STRICT: 'yes' }, `WIREGAUGE_STRICT is "yes"; expected '1', '0' or nothing`],
  [{ WIREGAUGE_CAP_SECONDS: '0' }, 'WIREGAUGE_CAP_SECONDS is "0"; expected a number of seconds above 0'],
  [{ WIREGAUGE_CAP_SECONDS: '' }, 'WIREGAUGE_CAP_SECONDS is ""; expected a number of seconds above 0'],
])('%j is wrong', (environment, problem) => {
  expect(runOptionsFrom(environment).problem).toBe(problem)
})
