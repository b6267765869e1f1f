import { describe, expect, test } from 'vitest'
import { replicateMean, standardErrorOf } from '../statistics/replicates.ts'
import { decide, errorRates, isTooNoisy, leastTolerated, replicatesNeeded, smallestCaught } from './decision.ts'

const limits = { tolerates: -0.015, catches: -0.05 }
const rates = { falseRed: 1e-6, missed: 0.01 }
const looks = [3, 6, 12]

// From SciPy 1.17, norm.ppf: at 1 − 1e-6 / 2, since two looks can be red, and at 1 − 0.01 / 3, since three can pass.
const [zRed, zPass] = [4.89163847571478, 2.7130518884727213]

const gains = (count: number, value: number): number[] => Array.from({ length: count }, () => value)
const decided = (estimates: readonly number[], scatter = 0.01, noisy?: boolean) =>
  decide(replicateMean(estimates, scatter), limits, rates, looks, noisy)

describe('a decision', () => {
  test('is pass as soon as the lower bound lies inside what is caught', () => {
    const edge = limits.catches + (zPass * 0.03) / Math.sqrt(3)
    expect(decided(gains(3, edge + 1e-7), 0.03)).toBe('pass')
    expect(decided(gains(3, edge - 1e-7), 0.03)).toBe('open')
  })

  test('is regressed as soon as the upper bound lies beyond what is tolerated', () => {
    const edge = limits.tolerates - (zRed * 0.03) / Math.sqrt(12)
    expect(decided(gains(12, edge - 1e-7), 0.03)).toBe('regressed')
    expect(decided(gains(12, edge + 1e-7), 0.03)).toBe('open')
  })

  test('tests regressed first: a worsening that is surely between tolerated and caught is red', () => {
    expect(decided(gains(6, -0.03), 0.001)).toBe('regressed')
    expect(decided(gains(3, -0.03), 0.001)).toBe('pass')
  })

  test('is pass for what is as expected, or better', () => {
    expect(decided(gains(3, 0))).toBe('pass')
    expect(decided(gains(3, 0.4))).toBe('pass')
  })

  test('is open when the error reaches beyond both limits', () => {
    expect(decided(gains(6, -0.03), 0.1)).toBe('open')
  })

  test('is open before the first look', () => {
    expect(decided(gains(2, 0))).toBe('open')
    expect(decided(gains(2, -0.5))).toBe('open')
  })

  test('is never red at the first look, however far the drop', () => {
    expect(decided(gains(3, -0.5))).toBe('open')
    expect(decided(gains(6, -0.5))).toBe('regressed')
  })

  test('is not red while the replicates after the first look do not confirm it by themselves', () => {
    // Mean −0.065 both times, so that only the order tells a bad moment from a drop.
    expect(decided([-0.12, -0.12, -0.12, -0.01, -0.01, -0.01], 0.02)).toBe('open')
    expect(decided([-0.065, -0.065, -0.065, -0.065, -0.065, -0.065], 0.02)).toBe('regressed')
    expect(decided([-0.01, -0.01, -0.01, -0.12, -0.12, -0.12], 0.02)).not.toBe('pass')
  })

  test('about a single limit is pass unless it is shown to lie beyond it', () => {
    const cliff = { tolerates: -0.1, catches: -0.1 }
    const about = (value: number, count = 3) => decide(replicateMean(gains(count, value), 0.03), cliff, rates, looks)
    expect(about(-0.099)).toBe('pass')
    expect(about(-0.11)).toBe('open')
    expect(about(-0.2, 6)).toBe('regressed')
  })
})

describe('a run that scatters more than three times what it did at tuning', () => {
  // Standard deviation 0.1 of the six.
  const wide = [-0.3, -0.3, -0.3, -0.1174, -0.1174, -0.1174]

  test('is too noisy, and one that scatters less is not', () => {
    expect(isTooNoisy(replicateMean([-0.1, 0, 0.1], 0.1 / 3.1))).toBe(true)
    expect(isTooNoisy(replicateMean([-0.1, 0, 0.1], 0.1 / 2.9))).toBe(false)
  })

  test('stays red when every replicate lies beyond what is caught', () => {
    expect(isTooNoisy(replicateMean([-0.5, -0.44, -0.5, -0.5, -0.44, -0.5], 0.005))).toBe(true)
    expect(decided([-0.5, -0.44, -0.5, -0.5, -0.44, -0.5], 0.005)).toBe('regressed')
  })

  test('leaves a red open when one replicate lies within what is caught', () => {
    const replicates = [-0.04, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2]
    expect(decided(replicates, 0.01)).toBe('open')
    expect(decided(replicates, 0.02)).toBe('regressed')
  })

  test('need not be seen by its own scatter: whoever knows that the machine was noisy says so', () => {
    expect(decided(gains(6, -0.045), 0.01, false)).toBe('regressed')
    expect(decided(gains(6, -0.045), 0.01, true)).toBe('open')
    expect(decided(gains(6, -0.055), 0.01, true)).toBe('regressed')
  })

  test('is far from red where its mean is not surely beyond what is tolerated', () => {
    expect(decided(wide, 0.02)).toBe('open')
  })
})

describe('what a budget can keep', () => {
  const standardErrorAt = (replicates: number): number => standardErrorOf(0.02, replicates)

  test('to catch lies beyond what is tolerated by both errors at the last look, the own scatter allowed for', () => {
    // z at 0.99 is 2.3263479; chi-square with 11 degrees of freedom at 0.9 is 17.275 (R, and every printed table).
    const distance = (zRed * Math.sqrt(17.2750085175 / 11) + 2.3263478740408408) * (0.02 / Math.sqrt(12))
    expect(smallestCaught(limits.tolerates, standardErrorAt, rates, looks)).toBeCloseTo(limits.tolerates - distance, 7)
  })

  test('to tolerate is four standard errors of the first look that can be red', () => {
    expect(leastTolerated(standardErrorAt, looks)).toBeCloseTo((-4 * 0.02) / Math.sqrt(6), 12)
    expect(leastTolerated(standardErrorAt, [2])).toBeCloseTo((-4 * 0.02) / Math.sqrt(2), 12)
  })
})

test('of a single replicate there is no own scatter to allow for', () => {
  const alone = smallestCaught(limits.tolerates, () => 0.01, rates, [1])
  // norm.ppf(1 − 1e-6) and norm.ppf(0.99).
  expect(alone).toBeCloseTo(limits.tolerates - (4.753424308817087 + 2.3263478740408408) * 0.01, 7)
})

describe('the replicates that would decide', () => {
  const needed = (value: number, { scatter = 0.05, tuned = Number.POSITIVE_INFINITY, count = 3 } = {}) =>
    replicatesNeeded(replicateMean(gains(count, value), scatter, tuned), limits, rates, looks)

  test('are those of the look at which the lower bound lies inside what is caught', () => {
    // (zPass × 0.05 / 0.05)² is 7.4, and nothing is decided before the look at 12.
    expect(needed(0)).toBe(12)
    expect(needed(0, { scatter: 0.04 })).toBe(6)
  })

  test('are those of the look at which the upper bound lies beyond what is tolerated', () => {
    // (zRed × 0.05 / 0.085)² is 8.3, and (zRed × 0.05 / 0.135)² is 3.3.
    expect(needed(-0.1)).toBe(12)
    expect(needed(-0.15)).toBe(6)
  })

  test('are never fewer than those of the first look that can be red, however far the drop', () => {
    expect(needed(-2)).toBe(6)
    expect(needed(-2, { count: 1 })).toBe(6)
  })

  test('are never fewer than those of the next look', () => {
    expect(needed(-0.04, { count: 7, scatter: 0.001 })).toBe(12)
  })

  test('are infinitely many where no look would tell', () => {
    expect(needed(-0.03)).toBe(Number.POSITIVE_INFINITY)
    expect(needed(0, { count: 12, scatter: 1 })).toBe(Number.POSITIVE_INFINITY)
  })

  test('are infinitely many where the error of what is expected alone is too large', () => {
    expect(needed(-0.15, { tuned: 40 })).toBe(6)
    // zRed × 0.05 / √2 is 0.173, more than the 0.135 beyond what is tolerated.
    expect(needed(-0.15, { tuned: 2 })).toBe(Number.POSITIVE_INFINITY)
  })

  test('about a single limit are those of the next look where it is just reached, and infinitely many just below', () => {
    const cliff = { tolerates: 0, catches: 0 }
    const about = (value: number) => replicatesNeeded(replicateMean([value, value], 0.1), cliff, rates, looks)
    expect(about(0)).toBe(3)
    expect(about(-0.01)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('error rates', () => {
  test('share one false red in a thousand runs among the budgets of the file', () => {
    expect(errorRates(1)).toEqual({ falseRed: 0.001, missed: 0.01 })
    expect(errorRates(40)).toEqual({ falseRed: 0.000_025, missed: 0.01 })
  })

  test('are those of one budget in a file without any', () => {
    expect(errorRates(0)).toEqual(errorRates(1))
  })
})
