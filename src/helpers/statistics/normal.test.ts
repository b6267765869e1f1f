import { expect, test } from 'vitest'
import { normalQuantile } from './normal.ts'

test('a quantile that was asked for before is the same again', () => {
  expect(normalQuantile(0.9)).toBe(normalQuantile(0.9))
})

// From SciPy 1.17, norm.ppf.
test.each([
  [0.5, 0],
  [0.2, -0.8416212335729142],
  [0.95, 1.6448536269514722],
  [0.975, 1.959963984540054],
  [0.99, 2.3263478740408408],
  [0.999975, 4.0556269811219074],
  [1 - 1e-6, 4.753424308817087],
  [1e-9, -5.9978070150076865],
])('the normal quantile at %d is %d', (probability, expected) => {
  expect(normalQuantile(probability)).toBeCloseTo(expected, 8)
})
