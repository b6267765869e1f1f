import { describe, expect, test } from 'vitest'
import { EmptySampleError } from './empty-sample-error.ts'
import { mean, median, quantile, rootMeanSquare, standardDeviation } from './summary.ts'

const sample = [3.1, -2, 7.5, 0.4, 12.25, 5, 5]

test('mean and standard deviation are those of NumPy (ddof 1)', () => {
  expect(mean(sample)).toBeCloseTo(4.464285714285714, 12)
  expect(standardDeviation(sample)).toBeCloseTo(4.665003955492632, 12)
})

test('the root of the mean square is that of NumPy', () => {
  expect(rootMeanSquare(sample)).toBeCloseTo(6.211538801755511, 12)
})

test.each([
  [0, -2],
  [0.05, -1.28],
  [0.25, 1.75],
  [0.5, 5],
  [0.9, 9.4],
  [0.99, 11.965],
  [1, 12.25],
])('the quantile at %d is that of NumPy and R, type 7', (probability, expected) => {
  expect(quantile(sample, probability)).toBeCloseTo(expected, 12)
})

test('the quantiles of 1 to 4 at a third and two thirds lie between order statistics by type 7', () => {
  // R: quantile(1:4, c(1/3, 2/3), type = 7) gives 2 and 3; type 6 would give 1.667 and 3.333.
  expect(quantile([4, 1, 3, 2], 1 / 3)).toBeCloseTo(2, 12)
  expect(quantile([4, 1, 3, 2], 2 / 3)).toBeCloseTo(3, 12)
})

test('numbers are sorted as numbers and the sample is left as it was', () => {
  const unsorted = [10, 9, 100]
  expect(median(unsorted)).toBe(10)
  expect(unsorted).toEqual([10, 9, 100])
})

test('the median of an even number of values lies half way between the middle two', () => {
  expect(median([1, 4, 2, 8])).toBe(3)
})

test('one value is its own mean and median', () => {
  expect([mean([7]), median([7])]).toEqual([7, 7])
})

describe('a statistic of too few values throws instead of being 0:', () => {
  test.each([
    ['mean', () => mean([]), 'a mean needs at least 1 value'],
    ['median', () => median([]), 'a quantile needs at least 1 value'],
    ['quantile', () => quantile([], 0.9), 'a quantile needs at least 1 value'],
    ['root mean square', () => rootMeanSquare([]), 'a mean needs at least 1 value'],
    ['standard deviation', () => standardDeviation([1]), 'a standard deviation needs at least 2 values'],
  ])('%s', (_, statistic, message) => {
    expect(statistic).toThrow(EmptySampleError)
    expect(statistic).toThrow(message)
  })
})
