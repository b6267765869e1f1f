import { expect, test } from 'vitest'
import { chiSquareQuantile } from './chi-square.ts'

// From SciPy 1.17, chi2.ppf.
test.each([
  [0.1, 1, 0.01579077409343122],
  [0.1, 2, 0.21072103131565273],
  [0.1, 5, 1.6103079869623227],
  [0.1, 10, 4.865182051925328],
  [0.1, 29, 19.767743559474834],
  [0.5, 10, 9.34181776559197],
  [0.95, 3, 7.814727903251179],
])('the chi-square quantile at %d with %d degrees of freedom is %d', (probability, degreesOfFreedom, expected) => {
  expect(chiSquareQuantile(probability, degreesOfFreedom)).toBeCloseTo(expected, 8)
})
