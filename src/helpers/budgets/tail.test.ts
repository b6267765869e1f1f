import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement, PairReplicate } from '../measure/result.ts'
import { judgeTail, type TailThresholds, tailKind } from './tail.ts'
import {
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
  tunedThroughout,
} from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const steady = Array.from({ length: 100 }, () => 500)

/** A replicate whose current arm has as many batches of so many microseconds among a hundred of 500. */
function withSlow(count: number, microseconds: number): PairReplicate {
  const batchUs = steady.with(0, 500).map((usual, index) => (index < count ? microseconds : usual))
  return replicateOf(1, {
    blocks: {
      arms: [
        { arm: 'current', batchUs },
        { arm: 'reference', batchUs: steady },
      ],
    },
  })
}

const pairWith = (replicates: number, count: number, microseconds: number, sameFiles = false) => ({
  pair: pairOf({ sameFiles, replicates: Array.from({ length: replicates }, () => withSlow(count, microseconds)) }),
})

const ladder: TailThresholds = {
  p75: { tolerates: '5 %', catches: '15 %' },
  p90: { tolerates: '10 %', catches: '25 %' },
  'over 3 ×': { tolerates: '1 %', catches: '3 %' },
}

function judge(changes: Partial<CompletedMeasurement>, thresholds = ladder, context = judgingBy(tunedThroughout)) {
  return judgeTail(measurementOf(changes), thresholds, context)
}

const close = (value: number) => expect.closeTo(value, 6)

test('no rung of a changed client passes before its arms were measured alone, and none while they interfere', () => {
  const { pair } = pairWith(3, 0, 0)
  const statesWith = (solo: readonly number[]) =>
    judge({ pair: { ...pair, solo: solo.map(soloOf) } }).map(
      ({ state, openTo }) => `${state} ${openTo?.evidence ?? ''}`,
    )
  expect(statesWith([])).toEqual(Array.from({ length: 3 }, () => 'inconclusive solo'))
  expect(statesWith([0.4, 0.4, 0.4, 0.4])).toEqual(Array.from({ length: 3 }, () => 'inconclusive '))
})

test('a red rung stays red though throughput alone is as it was', () => {
  const { pair } = pairWith(6, 20, 5_000)
  const verdict = judge({ pair: { ...pair, solo: [1.2, 1.2].map(soloOf) } })[2]
  expect(verdict?.state).toBe('regressed')
})

describe('the tail of batch times', () => {
  test('of equal arms passes on every rung, with everything that the verdicts rest on', () => {
    const verdicts = judge(pairWith(3, 0, 0))
    expect(verdicts.map(({ budget, state }) => `${budget}: ${state}`)).toEqual([
      'p75 batch time against reference: pass',
      'p90 batch time against reference: pass',
      'batches over 3 × against reference: pass',
    ])
    const reach = (1.959963984540054 * 0.01) / Math.sqrt(3)
    expect(verdicts[0]).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'p75 batch time against reference',
      reason: 'the 75th percentile of batch time is 0.0 % above that of the reference',
      measured: { estimate: close(1), low: close(Math.exp(-reach)), high: close(Math.exp(reach)), level: 0.95 },
      unit: 'ratio',
      expected: 1,
      tolerates: close(1.05),
      catches: close(1.15),
      compared: 'current 1.21.1 with reference 1.21.0',
      sameFiles: false,
      treeChanged: true,
    })
    expect(verdicts[2]).toMatchObject({ unit: 'share of batches', expected: 0, tolerates: 0.01, catches: 0.03 })
  })

  test('goes red on the rungs that slow batches reach, and on no other', () => {
    // 15 of 100 batches take four times as long: p90 is 2,000, p75 as before.
    expect(judge(pairWith(6, 15, 2_000)).map(({ state, reason }) => `${state}: ${reason}`)).toEqual([
      'pass: the 75th percentile of batch time is 0.0 % above that of the reference',
      'regressed: the 90th percentile of batch time is 300.0 % above that of the reference, wholly beyond what is tolerated',
      "regressed: 15.0 points more of the batches take over 3 × the reference's median, wholly beyond what is tolerated",
    ])
  })

  test('is open to more pairs at the first look', () => {
    const [, p90] = judge(pairWith(3, 15, 2_000))
    expect(p90).toMatchObject({ state: 'inconclusive', openTo: { evidence: 'pair', replicates: 3 } })
  })

  test('between the same files is a false red', () => {
    const [, p90] = judge(pairWith(6, 15, 2_000, true))
    expect(p90).toMatchObject({ state: 'regressed', sameFiles: true, treeChanged: false })
  })

  test('of the same files that this run did not draw passes without figures', () => {
    expect(judge({ pair: { state: 'same files' } })).toMatchObject([
      { state: 'pass', reason: 'both trees hold the same files; this run drew others for its A/A' },
      { state: 'pass' },
      { state: 'pass' },
    ])
  })

  test('of what is invalid is invalid, a verdict a rung', () => {
    const verdicts = judgeTail(invalidMeasurement('hung'), ladder, judgingBy(tunedThroughout))
    expect(verdicts.map(({ state }) => state)).toEqual(['invalid', 'invalid', 'invalid'])
  })

  test('needs a reference', () => {
    const none = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const
    expect(() => judge(none)).toThrow(
      new UsageError('axios has no reference: it comes with Node. Use toReach or toCost instead.'),
    )
  })

  test('must be tuned rung by rung, even while the files are the same', () => {
    const { tail: _, ...others } = tunedThroughout
    expect(() => judge({ pair: { state: 'same files' } }, ladder, judgingBy(others))).toThrow(
      'perf/budgets.json: /clients/axios/small-4/tail/p75 is missing',
    )
  })

  test('has no other rungs', () => {
    const wrong = { p95: { tolerates: '5 %', catches: '15 %' } } as TailThresholds
    expect(() => judge({}, wrong)).toThrow(
      new UsageError(
        "toHoldItsTail knows no 'p95'; expected one of 'p75', 'p90', 'p99', 'over 1.5 ×', 'over 3 ×', 'over 10 ×', 'over 30 ×', 'over 50 ×'",
      ),
    )
    expect(() => judge({}, {})).toThrow(new UsageError('axios small-4: toHoldItsTail states no rung'))
  })

  test('must have sound thresholds', () => {
    expect(() => judge({}, { p75: { tolerates: '15 %', catches: '5 %' } })).toThrow(
      new UsageError('axios small-4, p75 batch time against reference: tolerates (15 %) must be below catches (5 %)'),
    )
  })
})

test('a share of batches is known no more exactly than to one batch', () => {
  const { pair } = pairWith(2, 0, 0)
  expect(tailKind('over 3 ×').leastScatter([pair])).toBe(0.01)
  expect(tailKind('p99').leastScatter([pair])).toBe(0.002)
})

test('a share of batches is known no more exactly than chance lets it be counted', () => {
  // 24 of 200 batches are slow: √(2 × 0.12 × 0.88 / 100).
  const { pair } = pairWith(2, 24, 2_000)
  expect(tailKind('over 3 ×').leastScatter([pair])).toBeCloseTo(Math.sqrt((2 * 0.12 * 0.88) / 100), 12)
})
