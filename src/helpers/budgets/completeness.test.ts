import { describe, expect, test } from 'vitest'
import { incompleteness, unmeasured } from './completeness.ts'
import { budgetFileOf, invalidMeasurement, measurementOf, tunedThroughout } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const tuned = { reference: { expected: 1, scatter: 0.01, replicates: 9 }, requestBytes: { expected: 190 } }
const stated = (...budgets: string[]) => budgets.map((budget) => ({ budget }))

describe('a measurement', () => {
  test('with a budget for every tuned value is complete, and may state more', () => {
    const verdicts = stated('throughput against reference', 'request bytes', 'connections')
    expect(incompleteness(measurementOf(), verdicts, tuned)).toBeUndefined()
  })

  test('without a budget is incomplete, invalid or not', () => {
    const problem = new UsageError(
      'axios small-4 was measured without a budget; state one with expect(…), or do not measure',
    )
    expect(incompleteness(measurementOf(), [], {})).toEqual(problem)
    expect(incompleteness(invalidMeasurement(), [], tuned)).toEqual(problem)
  })

  test('whose test leaves out tuned values is incomplete, and each is named', () => {
    const all = budgetFileOf().clients['axios']?.['small-4'] ?? {}
    expect(incompleteness(measurementOf(), stated('connections'), all)).toEqual(
      new UsageError(
        'the budget file has values for axios small-4 that its test states no budget for: throughput against ' +
          'reference, throughput per second, allocated bytes, throughput against http, request bytes, response bytes. ' +
          'State them, or remove the entries.',
      ),
    )
  })

  test('needs a budget for a value of every kind, but for the solo check that none is stated about', () => {
    const { message } = incompleteness(measurementOf(), stated('connections'), tunedThroughout) ?? {}
    expect(message?.split(': ')[1]?.split('. ')[0]?.split(', ')).toEqual([
      'throughput against reference',
      'throughput per second',
      'allocated bytes',
      'event-loop delay',
      '/ping beside',
      'retained bytes against reference',
      'resident memory against reference',
      'own retained bytes',
      'throughput against http',
      'p75 batch time against reference',
      'p90 batch time against reference',
      'p99 batch time against reference',
      'batches over 1.5 × against reference',
      'batches over 3 × against reference',
      'batches over 10 × against reference',
      'batches over 30 × against reference',
      'batches over 50 × against reference',
      'buffer bytes against reference',
      'CPU time against reference',
      'total time against reference',
      'request bytes',
      'response bytes',
    ])
  })

  test('that is invalid need not have come to all of its budgets', () => {
    expect(incompleteness(invalidMeasurement(), stated('request bytes'), tuned)).toBeUndefined()
  })
})

describe('a budget file', () => {
  test('whose every entry was measured lacks nothing', () => {
    expect(unmeasured(budgetFileOf(), [measurementOf()])).toEqual([])
  })

  test('with entries that nothing measured is wrong, an error each', () => {
    const file = { ...budgetFileOf(), clients: { axios: { 'small-4': {}, 'post-10k': {} }, undici: { 'small-4': {} } } }
    expect(unmeasured(file, [measurementOf()])).toEqual([
      new UsageError(
        'the budget file has budgets for axios post-10k, which was not measured (no spec has it, or its test is skipped); write its test, or remove ' +
          '/clients/axios/post-10k',
      ),
      new UsageError(
        'the budget file has budgets for undici small-4, which was not measured (no spec has it, or its test is skipped); write its test, or remove ' +
          '/clients/undici/small-4',
      ),
    ])
  })
})
