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

/** What hits few batches, against the reference in the same blocks; the last three are shares of all batches. */
const tail = {
  p75: { tolerates: '2 %', catches: '5 %' },
  p90: { tolerates: '4 %', catches: '10 %' },
  'over 1.5 ×': { tolerates: '1.8 %', catches: '4.5 %' },
  'over 3 ×': { tolerates: '1.4 %', catches: '3.5 %' },
  'over 10 ×': { tolerates: '1 %', catches: '2.5 %' },
} as const

/** What a stall of the idle connection would show in, where the median does not. */
const stalls = {
  'over 3 ×': { tolerates: '1.5 %', catches: '3.5 %' },
  'over 10 ×': { tolerates: '1.2 %', catches: '3 %' },
} as const

/** Everything that is done, summed over long spans: what only the collector feels, and what waits, shows here. */
const sums = {
  cpu: { tolerates: '20 %', catches: '57 %' },
  time: { tolerates: '15 %', catches: '42 %' },
} as const

/** What every request costs, and what it leaves behind, beside the reference; bytes are per request. */
const costs = {
  ...sums,
  requestBytes: 'unchanged',
  responseBytes: 'unchanged',
  listeners: 'unchanged',
  retainedBytes: { tolerates: 155, catches: 400 },
  residentBytes: { tolerates: 650, catches: 1_700 },
  allocatedBytes: { tolerates: '10 %', catches: '31 %' },
} as const

describe('undici-request', () => {
  test('one request at a time', async () => {
    const result = await measure(undiciRequest, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '21 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 6_200 })
    await expect(result).toCost({ ...costs, connections: 1 })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '30 %', catches: '64 %' })
    await expect(result).toSustain({ requestsPerSecond: 23_000 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '5.5 %', catches: '16.5 %' } })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '5.5 %', catches: '13 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '50 %', catches: '170 %' },
      'over 3 ×': { tolerates: '5.5 %', catches: '13.5 %' },
    })
    await expect(result).toCost(sums)
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(undiciRequest, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '27 %', catches: '55 %' })
    await expect(result).toCost(sums)
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(undiciRequest, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('undici-stream', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciStream, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '17 %', catches: '41 %' })
    await expect(result).toSustain({ requestsPerSecond: 26_000 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '8.5 %', catches: '26 %' } })
  })
})

describe('undici-pipeline', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciPipeline, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '15 %', catches: '37 %' })
    await expect(result).toSustain({ requestsPerSecond: 18_000 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '11 %', catches: '35 %' } })
  })
})

describe('undici-dispatch', () => {
  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciDispatch, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '8 %', catches: '20 %' },
      p90: { tolerates: '19 %', catches: '52 %' },
      'over 1.5 ×': { tolerates: '5 %', catches: '12.5 %' },
      'over 3 ×': { tolerates: '2.5 %', catches: '6.5 %' },
      'over 10 ×': tail['over 10 ×'],
    })
    await expect(result).toReach('http', { tolerates: '42 %', catches: '80 %' })
    await expect(result).toSustain({ requestsPerSecond: 32_000 })
    await expect(result).toCost({ ...costs, connections: 64, allocatedBytes: { tolerates: '10 %', catches: '32 %' } })
  })
})

describe('undici-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3.2 %', catches: '8 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '6 %', catches: '15 %' },
      p90: { tolerates: '9 %', catches: '24 %' },
      'over 1.5 ×': { tolerates: '3 %', catches: '7.5 %' },
      'over 3 ×': { tolerates: '2 %', catches: '5 %' },
      'over 10 ×': { tolerates: '1.1 %', catches: '2.8 %' },
    })
    await expect(result).toReach('http', { tolerates: '46 %', catches: '83 %' })
    await expect(result).toSustain({ requestsPerSecond: 6_800 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '9 %', catches: '28 %' } })
  })
})

describe('undici-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciDefault, smallJson({ inFlight: 4 }))
    await expect(result).toReach('http', { tolerates: '33 %', catches: '68 %' })
    await expect(result).toSustain({ requestsPerSecond: 23_000 })
    await expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '4.2 %', catches: '12.5 %' },
    })
  })
})
