import { expect, test } from 'vitest'
import { meanInterval, meanOf } from './student.ts'

// SciPy 1.17.1: t.interval(0.95, 3, loc=mean, scale=sem).
test('the interval of a mean is as SciPy gives it', () => {
  const { estimate, low, high } = meanInterval([5.1, 4.9, 5.6, 4.7])
  expect(estimate).toBeCloseTo(5.075, 12)
  expect(low).toBeCloseTo(4.460436, 5)
  expect(high).toBeCloseTo(5.689564, 5)
})

test('one value has no interval', () => {
  expect(() => meanInterval([1])).toThrow('interval of a mean')
  expect(meanOf([1])).toEqual({ estimate: 1 })
  expect(meanOf([])).toBeUndefined()
  expect(meanOf([1, 3])).toEqual(meanInterval([1, 3]))
})
