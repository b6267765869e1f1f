import { describe, expect, test } from 'vitest'
import {
  delayed2ms,
  download1m,
  measure,
  sequential,
  smallJson,
  undiciDefault,
  undiciDispatch,
  undiciFetch,
  undiciPipeline,
  undiciRequest,
  undiciStream,
} from '../src/helpers/index.ts'

/** What hits few batches, against the reference in the same blocks; the last four are shares of all batches. */
const tail = {
  p75: { tolerates: '2.9 %', catches: '7.4 %' },
  p90: { tolerates: '5 %', catches: '13 %' },
  'over 1.5 ×': { tolerates: '2.8 %', catches: '6.9 %' },
  'over 3 ×': { tolerates: '1.9 %', catches: '4.7 %' },
  'over 10 ×': { tolerates: '0.81 %', catches: '2.1 %' },
  'over 50 ×': { tolerates: '0.37 %', catches: '0.92 %' },
} as const

/** What a stall of the idle connection would show in, where the median does not. */
const stalls = {
  'over 3 ×': { tolerates: '1.3 %', catches: '3.2 %' },
  'over 10 ×': { tolerates: '1.2 %', catches: '3 %' },
} as const

/** Everything that is done, summed over long spans: what only the collector feels, and what waits, shows here. */
const sums = {
  cpu: { tolerates: '37 %', catches: '120 %' },
  time: { tolerates: '16.5 %', catches: '45 %' },
} as const

/** What every request costs, and what it leaves behind, beside the reference; bytes are per request. */
const costs = {
  ...sums,
  requestBytes: 'unchanged',
  responseBytes: 'unchanged',
  listeners: 'unchanged',
  retainedBytes: { tolerates: 175, catches: 455 },
  residentBytes: { tolerates: 350, catches: 900 },
  allocatedBytes: { tolerates: '7.4 %', catches: '22 %' },
} as const

describe('undici-request', () => {
  test('one request at a time', async () => {
    const result = await measure(undiciRequest, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '2.4 %', catches: '5.8 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_200 })
    await expect(result).toCost({ ...costs, connections: 1, allocatedBytes: { tolerates: '22 %', catches: '71 %' } })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.9 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 6_600 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '11 %', catches: '33 %' } })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '6.4 %', catches: '16 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '40 %', catches: '130 %' },
      'over 3 ×': { tolerates: '4.8 %', catches: '12 %' },
    })
    await expect(result).toCost({ ...sums, time: { tolerates: '19.5 %', catches: '55 %' } })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(undiciRequest, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '22 %', catches: '46 %' })
    await expect(result).toCost({ ...sums, bufferBytes: { tolerates: '1 %', catches: '3 %' } })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(undiciRequest, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.2 %', catches: '3 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('undici-stream', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(undiciStream, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '23 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 26_000 })
    await expect(result).toCost({ ...costs, connections: 4 })
  })
})

describe('undici-pipeline', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(undiciPipeline, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '23 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 18_500 })
    await expect(result).toCost({ ...costs, connections: 4 })
  })
})

describe('undici-dispatch', () => {
  test('small JSON, 64 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(undiciDispatch, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.8 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '6 %', catches: '15.5 %' },
      p90: { tolerates: '14.5 %', catches: '39 %' },
      'over 1.5 ×': { tolerates: '4.9 %', catches: '12 %' },
      'over 3 ×': { tolerates: '2.1 %', catches: '5.2 %' },
      'over 10 ×': { tolerates: '0.9 %', catches: '2.2 %' },
    })
    await expect(result).toReach('http', { tolerates: '23 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 31_500 })
    await expect(result).toCost({ ...costs, connections: 64, residentBytes: { tolerates: 620, catches: 1_620 } })
  })
})

describe('undici-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3.6 %', catches: '8.7 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '4.2 %', catches: '11 %' },
      p90: { tolerates: '7.6 %', catches: '20 %' },
      'over 1.5 ×': { tolerates: '3.7 %', catches: '9.1 %' },
      'over 3 ×': { tolerates: '2.1 %', catches: '5.2 %' },
      'over 10 ×': { tolerates: '1.1 %', catches: '2.7 %' },
    })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_700 })
    await expect(result).toCost({ ...costs, connections: 4, time: { tolerates: '19.5 %', catches: '55 %' } })
  })
})

describe('undici-default', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(undiciDefault, smallJson({ inFlight: 4 }))
    await expect(result).toReach('http', { tolerates: '23 %', catches: '51 %' })
    await expect(result).toSustain({ requestsPerSecond: 23_500 })
    await expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8.5 %' },
    })
  })
})
