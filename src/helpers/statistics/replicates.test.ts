import { expect, test } from 'vitest'
import { EmptySampleError } from './empty-sample-error.ts'
import { randomFrom } from './random.ts'
import { intervalOf, replicateMean, replicatesFrom, standardErrorOf } from './replicates.ts'
import { normalFrom } from './test-normal.ts'

test('the known scatter decides where the replicates scatter less by chance', () => {
  expect(replicateMean([0.01, 0.01, 0.01, 0.01], 0.02)).toMatchObject({
    estimate: 0.01,
    standardError: 0.01,
    scatter: 0.02,
    tunedReplicates: Number.POSITIVE_INFINITY,
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
  const average = replicateMean([1, 1, 1, 1], 0.2)
  const usual = intervalOf(average)
  expect(usual).toMatchObject({ estimate: 1, level: 0.95 })
  expect(usual.low).toBeCloseTo(1 - 0.1959963984540054, 12)
  expect(usual.high).toBeCloseTo(1 + 0.1959963984540054, 12)
  const wide = intervalOf(average, 0.99)
  expect(wide.level).toBe(0.99)
  expect(wide.high).toBeCloseTo(1 + 0.2575829303548901, 12)
})

test('the mean over the later replicates keeps the scatter of all of them', () => {
  const all = replicateMean([0.3, -0.3, 0.1, 0.1], 0.02, 9)
  expect(replicatesFrom(all, 2)).toMatchObject({
    estimate: 0.1,
    estimates: [0.1, 0.1],
    scatter: all.scatter,
    standardError: standardErrorOf(all.scatter, 2, 9),
    tunedReplicates: 9,
  })
  expect(() => replicatesFrom(all, 4)).toThrow(EmptySampleError)
})

test.each([2, 3, 6, 12])(
  'the interval over %d simulated replicates holds the truth as often as it says, or more',
  (replicates) => {
    const normal = normalFrom(randomFrom(replicates))
    const trials = 4_000
    let held = 0
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = intervalOf(
        replicateMean(
          Array.from({ length: replicates }, () => 0.3 + 0.02 * normal()),
          0.02,
        ),
      )
      if (low <= 0.3 && 0.3 <= high) held++
    }
    // The run's own scatter counts where it is larger, which widens some: never below 95 % by more than chance (0.34 %).
    expect(held / trials).toBeGreaterThan(0.95 - 3 * 0.0034)
    expect(held / trials).toBeLessThan(0.99)
  },
)
