import { expect, test } from 'vitest'
import { promisedBudgets } from '../../helpers/budgets/promises.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import { remedyFor } from './remedy.ts'

const deciding = { rates: { falseRed: 1e-6, missed: 0.01 }, effort: gateEffort }
const elsewhere = [
  { scenario: 'sequential', value: { expected: 1, scatter: 0.004, replicates: 18 } },
  { scenario: 'small-64', value: { expected: 1, scatter: 0.02, replicates: 18 } },
]

test('less scatter, more replicates and other scenarios make a promise possible', () => {
  const value = { expected: 1, scatter: 0.01, replicates: 18 }
  const stated = { reference: { tolerates: '1 %', catches: '5 %' }, against: new Map() } as const
  const [promise] = promisedBudgets(stated, 'axios small-4', { reference: value }, deciding)
  if (promise === undefined) throw new Error('nothing is promised')
  // 4 × s / √5 = 0.01005.
  expect(remedyFor(promise, { value, runs: 6, effort: gateEffort, elsewhere })).toBe(
    'a scatter of 0.0056 or less between processes in place of 0.01, or 4 times the replicates at every look, or another ' +
      'scenario (sequential scatters by 0.004)',
  )
})

test('more runs help where the expected value is known from too few', () => {
  const value = { expected: 0.2, scatter: 0.04, replicates: 2 }
  const stated = { against: new Map([['http', { tolerates: '10 %', catches: '40 %' } as const]]) }
  const [promise] = promisedBudgets(stated, 'axios small-4', { against: { http: value } }, deciding)
  if (promise === undefined) throw new Error('nothing is promised')
  expect(remedyFor(promise, { value, runs: 1, effort: gateEffort, elsewhere: [] })).toBe(
    'a scatter of 0.03 or less between processes in place of 0.04, or 3 runs to tune by in place of 1',
  )
})
