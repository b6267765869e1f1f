import { expect, test } from 'vitest'
import { mapInterval } from '../../helpers/statistics/interval.ts'
import { randomFrom } from '../../helpers/statistics/random.ts'
import { matchSizes } from './sizes.ts'

/** A ratio whose logarithm has this standard error. */
function ratio(logRatio: number, standardError: number, z = 1.959964, level = 0.95) {
  const reach = z * standardError
  return mapInterval({ estimate: logRatio, low: logRatio - reach, high: logRatio + reach, level }, Math.exp)
}

test('sizes differ by the difference of the logarithms, give or take the root of the sum of squares', () => {
  const { matches, difference } = matchSizes(ratio(-0.2, 0.03), ratio(-0.1, 0.04))
  expect(difference.estimate).toBeCloseTo(-0.1, 10)
  expect(difference.low).toBeCloseTo(-0.1 - 1.96 * 0.05, 4)
  expect(difference.high).toBeCloseTo(-0.1 + 1.96 * 0.05, 4)
  expect(matches).toBe(true)
})

test.each([
  ['by less than modes of a process come to, however sure', -0.072, 0.0001, true],
  ['by more than those, surely', -0.075, 0.0001, false],
  ['by more than those, not surely', -0.2, 0.1, true],
  ['upwards by less', 0.072, 0.0001, true],
  ['upwards by more', 0.075, 0.0001, false],
])('sizes that differ %s', (_, difference, standardError, matches) => {
  expect(matchSizes(ratio(difference - 0.3, standardError), ratio(-0.3, standardError)).matches).toBe(matches)
})

test('intervals of other levels say the same about their standard error', () => {
  const one = matchSizes(ratio(-0.2, 0.03), ratio(-0.1, 0.04)).difference
  const other = matchSizes(ratio(-0.2, 0.03, 2.575829, 0.99), ratio(-0.1, 0.04)).difference
  expect(other.low).toBeCloseTo(one.low, 6)
})

test('the interval of the difference of equal sizes holds 0 in about 95 of 100 draws', () => {
  const random = randomFrom(11)
  // Irwin and Hall: twelve uniform numbers less six are nearly normal.
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6)
  const draws = Array.from({ length: 4_000 }, () =>
    matchSizes(ratio(-0.3 + 0.01 * normal(), 0.01), ratio(-0.3 + 0.02 * normal(), 0.02)),
  )
  const share = draws.filter(({ difference: { low, high } }) => low <= 0 && high >= 0).length / draws.length
  expect(share).toBeGreaterThan(0.94)
  expect(share).toBeLessThan(0.96)
})
