import { expect, test } from 'vitest'
import { promisedBudgets } from '../../helpers/budgets/promises.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import { strip } from './strip.ts'
import { proposalOf } from './test-tuning.ts'

const proposed = { expected: 0.2, scatter: 0.04, replicates: 10 }
const promised = promisedBudgets(
  { against: new Map([['http', { tolerates: '20 %', catches: '40 %' }]]) },
  'axios small-4',
  { against: { http: proposed } },
  { rates: { falseRed: 1e-6, missed: 0.01 }, effort: gateEffort },
)

test('a line shows the runs, the scatter around what is expected, and both thresholds, worse to the left', () => {
  expect(strip(proposalOf({ proposed, promised, history: [0.19, 0.21, 0.2] }))).toBe(
    'C                           T                ·────●────·  newest 0.2',
  )
})

test('a limit per second is what it tolerates', () => {
  const limit = { stated: 0.1, sound: 0.09, isFar: false, isKept: true }
  expect(strip(proposalOf({ place: 'requestsPerSecond', limit, history: [0.2] }))).toMatch(/^T +─+●─+ {2}newest 0\.2$/)
})

test('what is exact, or was measured by no run, has no line', () => {
  expect(strip(proposalOf({ proposed: { expected: 190 } }))).toBeUndefined()
  expect(strip(proposalOf({ history: [] }))).toBeUndefined()
})
