import { describe, expect, test } from 'vitest'
import type { StatedThresholds } from '../budgets/stated.ts'
import {
  budgetFileOf,
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairOf,
  soloOf,
  tunedThroughout,
} from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { gateEffort } from '../measure/effort.ts'
import { judgePair, strictestThresholds } from './judge-pair.ts'

const stated: StatedThresholds = {
  reference: { tolerates: '1.5 %', catches: '5 %' },
  tail: { p99: { tolerates: '40 %', catches: '80 %' } },
  against: new Map([['http', { tolerates: '20 %', catches: '30 %' }]]),
  requestsPerSecond: 800,
  costs: { requestBytes: 'unchanged', cpu: { tolerates: '8 %', catches: '20 %' } },
}

describe('what is judged of a pair', () => {
  test('is everything that is stated but what takes continuous load', () => {
    const measurement = measurementOf({ load: [], pair: pairOf({ solo: [soloOf(1), soloOf(1)] }) })
    const verdicts = judgePair(measurement, stated, judgingBy(tunedThroughout))
    expect(verdicts.map(({ budget }) => budget)).toEqual([
      'throughput against reference',
      'p99 batch time against reference',
      'request bytes',
      'CPU time against reference',
    ])
  })

  test('is invalid throughout where the work was', () => {
    const verdicts = judgePair(invalidMeasurement(), stated, judgingBy(tunedThroughout))
    expect(new Set(verdicts.map(({ state }) => state))).toEqual(new Set(['invalid']))
  })

  test('must be something', () => {
    const underLoad: StatedThresholds = { against: stated.against, requestsPerSecond: 800, costs: {} }
    expect(() => judgePair(measurementOf(), underLoad, judgingBy(tunedThroughout))).toThrow(
      new UsageError('axios small-4: no budget is stated that a pair can show, so that a trial of it shows nothing'),
    )
  })
})

describe('the tightest budget', () => {
  const session = { budgets: budgetFileOf(), effort: gateEffort }
  const [axios, small4] = [{ name: 'axios' }, { name: 'small-4' }]

  test('tolerates four standard errors and is not refused', () => {
    // 1 − exp(−4 × 0.005 / √5) is 0.890 %.
    const reference = strictestThresholds(session, axios, small4, '3 %')
    expect(reference).toEqual({ tolerates: '0.9 %', catches: '3 %' })
    expect(() => judgePair(measurementOf(), { reference, against: new Map() }, judgingBy())).not.toThrow()
  })

  test('is refused where it would have to catch what it tolerates', () => {
    expect(() => strictestThresholds(session, axios, small4, '0.8 %')).toThrow(
      new UsageError(
        'axios small-4: a budget that catches 0.8 % must tolerate less, and has to tolerate 0.9 % for its scatter of 0.005',
      ),
    )
  })

  test('needs a tuned scatter', () => {
    expect(() => strictestThresholds(session, { name: 'got' }, small4, '3 %')).toThrow(
      new UsageError('got small-4: there is no tuned scatter to state a budget by'),
    )
  })
})
