import { expect, test } from 'vitest'
import { chiSquareQuantile } from './chi-square.ts'

// From SciPy 1.17, chi2.ppf; the first and the fourth stand in every printed table as 16.266 and 18.307.
test.each([
  [0.999, 3, 16.26623619623813],
  [0.999, 1, 10.827566170662733],
  [0.999, 12, 32.90949040736021],
  [0.95, 10, 18.307038053275146],
  [0.5, 4, 3.3566939800333224],
  [0.99, 2, 9.21034037197618],
])('the chi-square quantile at %d with %d degrees of freedom is %d', (probability, degrees, expected) => {
  expect(chiSquareQuantile(probability, degrees)).toBeCloseTo(expected, 6)
})
