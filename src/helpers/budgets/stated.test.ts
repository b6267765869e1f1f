import { describe, expect, test } from 'vitest'
import { judgeStated, type StatedThresholds, statedDistances, tunedBudgetNames } from './stated.ts'
import { judgingBy, loadOf, measurementOf, serviceOf, tunedThroughout } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const stated: StatedThresholds = {
  reference: { tolerates: '1.5 %', catches: '5 %' },
  tail: { p90: { tolerates: '10 %', catches: '25 %' }, 'over 3 ×': { tolerates: '1 %', catches: '3 %' } },
  against: new Map([['http', { tolerates: '20 %', catches: '45 %' }]]),
  scaling: { '512 against 16': { tolerates: '15 %', catches: '30 %' } },
  requestsPerSecond: 800,
  service: { errors: 0, pingBeside: { tolerates: '50 %', catches: '150 %' } },
  costs: {
    connections: 4,
    requestBytes: 'unchanged',
    listeners: 'unchanged',
    allocatedBytes: { tolerates: '3 %', catches: '6 %' },
    cpu: { tolerates: '8 %', catches: '20 %' },
    retainedBytes: { tolerates: 20, catches: 200 },
    ownRetainedBytes: { tolerates: 20, catches: 60 },
  },
}

describe('what a spec states', () => {
  test('is judged as its matchers do at one look', () => {
    const { scaling: _ofSweeps, costs: { ownRetainedBytes: _ofMocks, ...costs } = {}, ...ofBatches } = stated
    const load = [{ seed: 1, clients: [loadOf('axios', 2_000, { service: serviceOf() }), loadOf('http', 10_000)] }]
    const verdicts = judgeStated(measurementOf({ load }), { ...ofBatches, costs }, judgingBy(tunedThroughout))
    const budgets = verdicts.map(({ budget }) => budget)
    expect(budgets).toEqual([
      'throughput against reference',
      'p90 batch time against reference',
      'batches over 3 × against reference',
      'throughput against http',
      'throughput per second',
      'errors',
      '/ping beside',
      'connections',
      'request bytes',
      'listeners against reference',
      'allocated bytes',
      'CPU time against reference',
      'retained bytes against reference',
    ])
    expect(judgeStated(measurementOf(), { against: new Map() }, judgingBy())).toEqual([])
  })

  test('goes by distances from tuned values, each on its scale and with its evidence', () => {
    const told = statedDistances(stated, 'axios small-4').map(
      ({ budget, place, scale, evidence, distances: { tolerates, catches } }) =>
        `${budget} (${place}): ${tolerates} … ${catches} ${scale}, ${evidence}`,
    )
    expect(told).toEqual([
      'throughput against reference (reference): 0.015 … 0.05 throughput, pair',
      'p90 batch time against reference (tail/p90): 0.1 … 0.25 cost, pair',
      'batches over 3 × against reference (slowBatches/over 3 ×): 0.01 … 0.03 share, pair',
      'throughput against http (against/http): 0.2 … 0.45 throughput, load',
      'throughput at 512 against 16 (scaling/512 against 16): 0.15 … 0.3 throughput, load',
      '/ping beside (pingBesideP99Ms): 0.5 … 1.5 cost, load',
      'allocated bytes against reference (allocatedBytesPerRequest): 0.03 … 0.06 cost, pair',
      'allocated bytes against the tuned figure (allocatedBytesPerRequest): 0.03 … 0.06 cost, load',
      'CPU time against reference (totals/cpu): 0.08 … 0.2 cost, pair',
      'retained bytes against reference (retainedBytesPerRequest): 20 … 200 bytes, retention',
      'own retained bytes (ownRetainedBytesPerRequest): 20 … 60 bytes, load',
    ])
  })

  test('has names of budgets that are tuned; what is exact by itself and listeners are not', () => {
    expect(tunedBudgetNames(stated)).toEqual([
      'throughput against reference',
      'p90 batch time against reference',
      'batches over 3 × against reference',
      'throughput against http',
      'throughput at 512 against 16',
      'throughput per second',
      '/ping beside',
      'allocated bytes',
      'request bytes',
      'CPU time against reference',
      'retained bytes against reference',
      'own retained bytes',
    ])
  })

  test('with wrong thresholds is told by client, scenario and budget', () => {
    const swapped = { ...stated, reference: { tolerates: '5 %', catches: '1.5 %' } } as const
    expect(() => statedDistances(swapped, 'axios small-4')).toThrow(
      new UsageError('axios small-4, throughput against reference: tolerates (5 %) must be below catches (1.5 %)'),
    )
  })
})
