import { expect, test } from 'vitest'
import { digamma, trigamma, trigammaInverse } from './polygamma.ts'

// From SciPy 1.17, special.digamma and special.polygamma(1, x).
test.each([
  [0.1, -10.423754940411076, 101.43329915079275],
  [0.5, -1.9635100260214235, 4.93480220054468],
  [1, -0.5772156649015329, 1.6449340668482266],
  [2.5, 0.7031566406452432, 0.4903577561002349],
  [9.9, 2.2411803166063815, 0.1062830416287406],
  [30, 3.384438132685525, 0.033895060357739946],
])('digamma and trigamma at %d are %d and %d', (x, first, second) => {
  expect(digamma(x)).toBeCloseTo(first, 11)
  expect(trigamma(x)).toBeCloseTo(second, 9)
})

test.each([0.05, 0.7, 3, 40, 1e6])('the inverse of trigamma finds %d again', (x) => {
  expect(trigammaInverse(trigamma(x)) / x).toBeCloseTo(1, 9)
})
