import { expect, test } from 'vitest'
import { invalidMeasurement, measurementOf, replicateOf } from '../budgets/test-measurement.ts'
import type { Measurement } from '../measure/result.ts'
import { NullHistory, nullDifference } from './null-history.ts'

const tuned = { reference: { expected: 1, scatter: 0.01, replicates: 15 } }

/** A pair of equal files whose replicates are so many tuned scatters away from equality. */
function pairAt(deviations: readonly number[], { sameFiles = true, client = 'axios' } = {}): Measurement {
  const replicates = deviations.map((deviation) => replicateOf(Math.exp(deviation * tuned.reference.scatter)))
  return measurementOf({ client, pair: { state: 'measured', sameFiles, replicates, retention: [], solo: [] } })
}

function noiseAfter(...measurements: Measurement[]): string | undefined {
  const history = new NullHistory()
  for (const measurement of measurements) history.add(measurement, tuned)
  return history.noise
}

test('a run without A/A pairs, or with such as at tuning, is not noisy', () => {
  expect(noiseAfter()).toBeUndefined()
  expect(noiseAfter(pairAt([1, -1, 0.5]), pairAt([-1.5, 0, 1], { client: 'http' }))).toBeUndefined()
})

// The 0.999 quantile of chi-square with 3 degrees of freedom is 16.27, so that 2.3 ** 2 * 3 = 15.9 is within.
test('A/A pairs that scatter more than by chance make the run noisy', () => {
  expect(noiseAfter(pairAt([2.3, -2.3, 2.3]))).toBeUndefined()
  expect(noiseAfter(pairAt([2.4, -2.4, 2.4]))).toBe(
    "this run's own A/A pairs scatter 2.4 times more than at tuning (3 replicates)",
  )
})

test('pairs of several clients count together', () => {
  // 12 times 4 is 48; the quantile with 12 degrees of freedom is 32.9.
  const clients = ['axios', 'node-fetch', 'undici-request', 'undici-stream']
  expect(noiseAfter(...clients.map((client) => pairAt([2, 2, -2], { client })))).toMatch(/2\.0 times .*12 replicates/)
})

test('a further look of a pair counts its replicates once', () => {
  // With the first three counted twice, 9 times 5.29 is 47.6 and beyond the quantile of 9, 27.9.
  expect(noiseAfter(pairAt([2.3, -2.3, 2.3]), pairAt([2.3, -2.3, 2.3, 0, 0, 0]))).toBeUndefined()
})

test('changed clients, what is invalid and what was never tuned say nothing', () => {
  expect(noiseAfter(pairAt([9, 9, 9], { sameFiles: false }), invalidMeasurement())).toBeUndefined()
  const history = new NullHistory()
  history.add(pairAt([9, 9, 9]), {})
  history.add(measurementOf({ pair: { state: 'same files' } }), tuned)
  expect(history.noise).toBeUndefined()
})

test('pairs are told with their replicates, also what was never tuned, and not what took turns', () => {
  const history = new NullHistory()
  const { reference: _, ...untuned } = tuned
  history.add(pairAt([1, -1], { client: 'http' }), untuned)
  history.add(pairAt([1]), tuned)
  history.add(pairAt([1, 0]), tuned)
  history.add(pairAt([], { client: 'node-fetch' }), tuned)
  const inTurns = pairAt([9], { client: 'fetch' })
  if (inTurns.state === 'invalid' || inTurns.pair.state !== 'measured') throw new Error('no pair')
  history.add({ ...inTurns, pair: { ...inTurns.pair, turns: 'one process has one Node' } }, tuned)
  expect(history.pairs).toEqual([
    { client: 'http', scenario: 'small-4', logRatios: [expect.closeTo(0.01), expect.closeTo(-0.01)] },
    { client: 'axios', scenario: 'small-4', logRatios: [expect.closeTo(0.01), expect.closeTo(0)] },
  ])
})

test('by how much equal code differed is told as a share, over all pairs', () => {
  const history = new NullHistory()
  expect(history.difference).toBeUndefined()
  history.add(pairAt([3, -3]), tuned)
  history.add(pairAt([3, -3], { client: 'http' }), tuned)
  expect(history.difference).toBeCloseTo(Math.expm1(0.03))
  expect(nullDifference([])).toBeUndefined()
})
