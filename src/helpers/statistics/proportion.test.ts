import { describe, expect, test } from 'vitest'
import { lowerBoundOfShare, shareOf, upperBoundOfShare } from './proportion.ts'
import { randomFrom } from './random.ts'

describe('the interval of a share', () => {
  // SciPy 1.17.1: binomtest(successes, trials).proportion_ci(method='exact').
  test.each([
    [0, 20, 0, 0.168433471],
    [16, 20, 0.563385997, 0.942666003],
    [19, 20, 0.751267237, 0.998734911],
    [20, 20, 0.831566529, 1],
    [1, 200, 0.000126581, 0.027541898],
  ])('is as SciPy gives it: %d of %d', (successes, trials, low, high) => {
    const interval = shareOf(successes, trials)
    expect(interval.estimate).toBe(successes / trials)
    expect(interval.low).toBeCloseTo(low, 8)
    expect(interval.high).toBeCloseTo(high, 8)
  })

  test('holds the true share at least as often as it says', () => {
    const random = randomFrom(1)
    for (const share of [0.02, 0.5, 0.95]) {
      let held = 0
      for (let run = 0; run < 2_000; run++) {
        const successes = Array.from({ length: 30 }, random).filter((drawn) => drawn < share).length
        const { low, high } = shareOf(successes, 30)
        if (low <= share && share <= high) held++
      }
      expect(held / 2_000).toBeGreaterThanOrEqual(0.95)
    }
  })

  test('of nothing does not exist', () => {
    expect(() => shareOf(0, 0)).toThrow('share')
    expect(() => upperBoundOfShare(0, 0)).toThrow('share')
    expect(() => lowerBoundOfShare(0, 0)).toThrow('share')
  })
})

test('the bound above nothing counted is the rule of three', () => {
  expect(upperBoundOfShare(0, 1_000)).toBeCloseTo(1 - 0.05 ** (1 / 1_000), 9)
  expect(upperBoundOfShare(0, 1_000)).toBeCloseTo(3 / 1_000, 4)
  expect(lowerBoundOfShare(1_000, 1_000)).toBeCloseTo(1 - 3 / 1_000, 4)
  expect(upperBoundOfShare(3, 3)).toBe(1)
  expect(lowerBoundOfShare(0, 3)).toBe(0)
})
