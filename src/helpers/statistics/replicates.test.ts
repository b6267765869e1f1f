import { expect, test } from 'vitest'
import { EmptySampleError } from './empty-sample-error.ts'
import { intervalOf, replicateMean } from './replicates.ts'

test('the known scatter decides where the replicates scatter less by chance', () => {
  expect(replicateMean([0.01, 0.01, 0.01, 0.01], 0.02)).toMatchObject({
    estimate: 0.01,
    standardError: 0.01,
    excessScatter: 0,
  })
})

test('the scatter of the replicates decides where it is larger than the known one', () => {
  const { estimate, standardError } = replicateMean([-0.1, 0, 0.1], 0.02)
  expect(estimate).toBeCloseTo(0, 12)
  expect(standardError).toBeCloseTo(0.1 / Math.sqrt(3), 12)
})

test('one replicate has the known scatter for its error', () => {
  expect(replicateMean([0.3], 0.02)).toMatchObject({ estimate: 0.3, standardError: 0.02, excessScatter: 0 })
})

test('the error of an expected value that was estimated itself adds to that of the mean', () => {
  expect(replicateMean([0, 0], 0.02, 4).standardError).toBeCloseTo(0.02 * Math.sqrt(1 / 2 + 1 / 4), 12)
})

test('scatter beyond the known one is told as its multiple', () => {
  expect(replicateMean([-0.1, 0, 0.1], 0.02).excessScatter).toBeCloseTo(5, 12)
})

test('without replicates there is no mean', () => {
  expect(() => replicateMean([], 0.02)).toThrow(EmptySampleError)
  expect(() => replicateMean([], 0.02)).toThrow('a mean over replicates needs at least 1 value')
})

test('the interval reaches 1.96 standard errors to both sides, 2.58 at 99 %', () => {
  const average = { estimate: 1, standardError: 0.1, estimates: [1, 1, 1], excessScatter: 1 }
  const usual = intervalOf(average)
  expect(usual).toMatchObject({ estimate: 1, level: 0.95 })
  expect(usual.low).toBeCloseTo(1 - 0.1959963984540054, 12)
  expect(usual.high).toBeCloseTo(1 + 0.1959963984540054, 12)
  const wide = intervalOf(average, 0.99)
  expect(wide.level).toBe(0.99)
  expect(wide.high).toBeCloseTo(1 + 0.2575829303548901, 12)
})
