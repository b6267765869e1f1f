import { describe, expect, test } from 'vitest'
import { EmptySampleError } from './empty-sample-error.ts'
import { shareAbove, tailOf } from './tail.ts'

const arm = [480, 500, 510, 495, 505, 900, 1_600, 5_200, 498, 502]
const reference = [500, 505, 495, 510, 490, 498, 760, 1_505, 502, 499]

describe('the tail of an arm against its reference', () => {
  test('is the ladder of log-ratios of percentiles, as NumPy gives it', () => {
    const { p75, p90, p99 } = tailOf(arm, reference).logRatios
    expect(p75).toBeCloseTo(0.4557751182473662, 12)
    expect(p90).toBeCloseTo(0.8538670091226727, 12)
    expect(p99).toBeCloseTo(1.2211067234392823, 12)
  })

  test('counts as slow what exceeds so many times the median of the reference, 501, for both arms', () => {
    // Over 751.5: 3 and 2 batches of 10; over 1,503: 2 and 1; over 5,010: 1 and 0.
    const { extraShares, shares } = tailOf(arm, reference)
    expect(extraShares['over 1.5 ×']).toBeCloseTo(0.1, 12)
    expect(extraShares['over 3 ×']).toBeCloseTo(0.1, 12)
    expect(extraShares['over 10 ×']).toBeCloseTo(0.1, 12)
    expect(Object.values(shares)).toEqual([5 / 20, 3 / 20, 1 / 20, 0, 0])
  })

  test('of equal arms is 0 on every rung', () => {
    const none = { p75: 0, p90: 0, p99: 0 }
    const noShares = { 'over 1.5 ×': 0, 'over 3 ×': 0, 'over 10 ×': 0, 'over 30 ×': 0, 'over 50 ×': 0 }
    expect(tailOf(reference, reference)).toMatchObject({ logRatios: none, extraShares: noShares })
  })

  test('of an arm that is twice as slow throughout has every batch among the slow ones', () => {
    const steady = [500, 500, 500, 500]
    const { logRatios, extraShares } = tailOf([1_000, 1_000, 1_000, 1_000], steady)
    expect(Object.values(logRatios)).toEqual([Math.LN2, Math.LN2, Math.LN2])
    expect(Object.values(extraShares)).toEqual([1, 0, 0, 0, 0])
  })

  test('does not exist without batches', () => {
    expect(() => tailOf([], [])).toThrow(EmptySampleError)
  })
})

test('a share above a limit leaves out what lies on it', () => {
  expect(shareAbove([1, 2, 3, 4], 2)).toBe(0.5)
  expect(shareAbove([1, 2, 3, 4], 9)).toBe(0)
  expect(() => shareAbove([], 2)).toThrow(new EmptySampleError('share'))
})
