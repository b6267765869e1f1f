import { expect, test } from 'vitest'
import { measuredValues } from './measured-values.ts'
import { countsOf, loadOf, measurementOf, pairOf, replicateOf, serviceOf, windowOf } from './test-measurement.ts'

test('values are those of each replicate, in the unit of their place', () => {
  const run = measurementOf({ pair: pairOf({ replicates: [replicateOf(0.9), replicateOf(1.1)] }) })
  expect(measuredValues(run, 'reference')).toEqual([expect.closeTo(0.9), expect.closeTo(1.1)])
  expect(measuredValues(run, 'totals/cpu')).toEqual([1, 1])
  expect(measuredValues(run, 'slowBatches/over 3 ×')).toEqual([0, 0])
  expect(measuredValues(run, 'against/http')).toEqual([0.2, 0.2])
  expect(measuredValues(run, 'requestsPerSecond')).toEqual([2_000, 2_000])
  expect(measuredValues(run, 'allocatedBytesPerRequest')).toEqual([75_000, 75_000])
  expect(measuredValues(run, 'requestBytes')).toEqual([190, 190])
  expect(measuredValues(run, 'responseBytes')).toEqual([240, 240])
})

test('values of a sweep are ratios of its points, and those of a route its delays', () => {
  const windows = [windowOf(2_000, { point: 16 }), windowOf(1_500, { point: 64 })]
  const clients = [loadOf('axios', 2_000, { windows, service: serviceOf({ pingBesideP99Ms: 9 }) })]
  const run = measurementOf({ load: [{ seed: 1, clients }] })
  expect(measuredValues(run, 'scaling/64 against 16')).toEqual([0.75])
  expect(measuredValues(run, 'pingBesideP99Ms')).toEqual([9])
})

test('what a mock answers has no bytes on the wire', () => {
  const clients = [loadOf('axios', 2_000, { counts: countsOf('axios', { requests: 0 }) })]
  expect(measuredValues(measurementOf({ load: [{ seed: 1, clients }] }), 'requestBytes')).toEqual([])
})

test('a client without windows has no throughput, and its costs', () => {
  const clients = [loadOf('axios', 0, { windows: [] }), loadOf('http', 10_000)]
  const run = measurementOf({ load: [{ seed: 1, clients }] })
  for (const place of ['requestsPerSecond', 'against/http', 'scaling/64 against 16']) {
    expect(measuredValues(run, place)).toEqual([])
  }
  expect(measuredValues(run, 'allocatedBytesPerRequest')).toEqual([75_000])
})

test('what was not measured has no values', () => {
  const run = measurementOf({ pair: { state: 'same files' }, load: [] })
  for (const place of ['reference', 'against/http', 'against/nobody', 'requestsPerSecond', 'requestBytes', 'solo']) {
    expect(measuredValues(run, place)).toEqual([])
  }
})
