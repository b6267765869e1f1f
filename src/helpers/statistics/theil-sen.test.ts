import { expect, test } from 'vitest'
import { EmptySampleError } from './empty-sample-error.ts'
import { slopeOf } from './theil-sen.ts'

test('a straight line has its own slope', () => {
  expect(slopeOf([100, 160, 220, 280], 200)).toBeCloseTo(0.3, 12)
})

// From SciPy 1.17, stats.theilslopes.
test('the slope is that of SciPy', () => {
  expect(slopeOf([3, 1, 4, 1, 5, 9, 2, 6], 50)).toBeCloseTo(0.009285714285714286, 14)
  expect(slopeOf([0, 410, 790, 1_250, 1_610, 9_000], 200)).toBeCloseTo(2.0833333333333335, 12)
})

test('three points have the median of three slopes, as by hand', () => {
  // 1, 4 and (1 + 4) / 2.
  expect(slopeOf([0, 1, 5], 1)).toBe(2.5)
})

test('a jump at the first or the last point is no growth', () => {
  expect(slopeOf([0, 900, 900, 900, 900, 900, 900], 100)).toBe(0)
  expect(slopeOf([0, 0, 0, 0, 0, 0, 900], 100)).toBe(0)
})

test('a point alone has no slope', () => {
  expect(() => slopeOf([5], 100)).toThrow(new EmptySampleError('slope', 2))
})
