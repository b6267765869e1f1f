import { expect, test } from 'vitest'
import type { StatedThresholds } from './stated.ts'
import { tunedThroughout } from './test-measurement.ts'
import { untunedBudgetNames } from './untuned.ts'

const thresholds = { tolerates: '3 %', catches: '9 %' } as const
const stated: StatedThresholds = {
  reference: thresholds,
  against: new Map([['http', thresholds]]),
  costs: { bufferBytes: thresholds, requestBytes: 'unchanged', connections: 4 },
}

test('a budget that has its entry is tuned', () => {
  expect(untunedBudgetNames(stated, tunedThroughout)).toEqual([])
})

test('a stated budget without an entry is not', () => {
  const { totals: _, requestBytes: __, ...tuned } = tunedThroughout
  expect(untunedBudgetNames(stated, tuned)).toEqual(['request bytes', 'buffer bytes against reference'])
})

test('where nothing was tuned every budget that is judged by an entry is wanted', () => {
  expect(untunedBudgetNames(stated, {})).toEqual([
    'throughput against reference',
    'throughput against http',
    'request bytes',
    'buffer bytes against reference',
  ])
})
