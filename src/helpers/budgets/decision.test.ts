import { describe, expect, test } from 'vitest'
import { decide, errorRates, isTooNoisy, smallestCaught } from './decision.ts'

const limits = { tolerates: -0.015, catches: -0.05 }
const rates = { falseRed: 1e-6, missed: 0.01 }
const at = (estimate: number, standardError = 0.002, excessScatter = 1) => ({
  estimate,
  standardError,
  estimates: [estimate, estimate, estimate],
  excessScatter,
})

// z is 4.753424 at 1 − 1e-6 and 2.326348 at 0.99.
const [zRed, zPass] = [4.753424, 2.326348]

describe('a decision', () => {
  test('is pass as soon as the lower bound lies inside what is caught', () => {
    const edge = limits.catches + zPass * 0.01
    expect(decide(at(edge + 1e-7, 0.01), limits, rates)).toBe('pass')
    expect(decide(at(edge - 1e-7, 0.01), limits, rates)).toBe('inconclusive')
  })

  test('is regressed as soon as the upper bound lies beyond what is tolerated', () => {
    const edge = limits.tolerates - zRed * 0.01
    expect(decide(at(edge - 1e-7, 0.01), limits, rates)).toBe('regressed')
    expect(decide(at(edge + 1e-7, 0.01), limits, rates)).toBe('inconclusive')
  })

  test('tests regressed first: a worsening that is surely between tolerated and caught is red', () => {
    expect(decide(at(-0.03, 0.0001), limits, rates)).toBe('regressed')
  })

  test('is pass for what is as expected, or better', () => {
    expect(decide(at(0), limits, rates)).toBe('pass')
    expect(decide(at(0.4), limits, rates)).toBe('pass')
  })

  test('is inconclusive when the error reaches beyond both limits', () => {
    expect(decide(at(-0.03, 0.05), limits, rates)).toBe('inconclusive')
  })
})

describe('a run that scatters more than three times what it did at tuning', () => {
  test('is too noisy, and one that scatters less is not', () => {
    expect(isTooNoisy(at(0, 0.002, 3.1))).toBe(true)
    expect(isTooNoisy(at(0, 0.002, 2.9))).toBe(false)
  })

  test('turns a red into inconclusive when one replicate lies within what is caught', () => {
    const noisy = { ...at(-0.2, 0.002, 4), estimates: [-0.3, -0.26, -0.04] }
    expect(decide(noisy, limits, rates)).toBe('inconclusive')
    expect(decide({ ...noisy, excessScatter: 2 }, limits, rates)).toBe('regressed')
  })

  test('stays red when every replicate lies beyond what is caught', () => {
    expect(decide({ ...at(-0.2, 0.002, 4), estimates: [-0.3, -0.24, -0.06] }, limits, rates)).toBe('regressed')
  })
})

test('what can be caught lies beyond what is tolerated by the sum of both errors', () => {
  // z at 0.95 is 1.644854.
  expect(smallestCaught(limits.tolerates, 0.01, rates)).toBeCloseTo(limits.tolerates - (zRed + 1.644854) * 0.01, 7)
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
