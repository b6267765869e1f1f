import { expect, test } from 'vitest'
import { randomFrom } from './random.ts'
import { scatterBound } from './scatter-bound.ts'
import { rootMeanSquare } from './summary.ts'
import { normalFrom } from './test-normal.ts'

test('the upper bound of a standard deviation is what SciPy gives', () => {
  // math.sqrt(n / scipy.stats.chi2.ppf(0.2, n))
  expect(scatterBound(1, 1)).toBeCloseTo(3.9472, 4)
  expect(scatterBound(1, 9)).toBeCloseTo(1.2934, 4)
  expect(scatterBound(0.01, 18)).toBeCloseTo(0.011832, 6)
})

test('a sample without degrees of freedom, and what is known, has no bound beside its deviation', () => {
  expect(scatterBound(0, 0)).toBe(0)
  expect(scatterBound(0.01, Number.POSITIVE_INFINITY)).toBe(0.01)
})

test('holds the true deviation in four samples of five', () => {
  const normal = normalFrom(randomFrom(3))
  const trials = 4_000
  let held = 0
  for (let trial = 0; trial < trials; trial++) {
    const sample = Array.from({ length: 9 }, normal)
    if (scatterBound(rootMeanSquare(sample), sample.length) >= 1) held++
  }
  expect(Math.abs(held / trials - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / trials))
})
