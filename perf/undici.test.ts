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
  p75: { tolerates: '4 %', catches: '10 %' },
  p90: { tolerates: '8 %', catches: '20 %' },
  'over 1.5 ×': { tolerates: '3 %', catches: '6.5 %' },
  'over 3 ×': { tolerates: '2.5 %', catches: '5 %' },
  'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' },
} as const

/** What a stall of the idle connection would show in, where the median does not. */
const stalls = {
  'over 3 ×': { tolerates: '2.5 %', catches: '5 %' },
  'over 10 ×': { tolerates: '2 %', catches: '4.5 %' },
} as const

/** What every request costs, and what it leaves behind, beside the reference; bytes are per request. */
const costs = {
  requestBytes: 'unchanged',
  responseBytes: 'unchanged',
  cpu: { tolerates: '20 %', catches: '45 %' },
  time: { tolerates: '20 %', catches: '45 %' },
  listeners: 'unchanged',
  retainedBytes: { tolerates: 200, catches: 500 },
  residentBytes: { tolerates: 1_000, catches: 3_000 },
} as const

/** The same where collections fall on few segments, so that totals scatter more. */
const noisyCosts = {
  ...costs,
  cpu: { tolerates: '32 %', catches: '80 %' },
  time: { tolerates: '27 %', catches: '65 %' },
} as const

describe('undici-request', () => {
  test('one request at a time', async () => {
    const result = await measure(undiciRequest, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 5_500 })
    await expect(result).toCost({
      ...noisyCosts,
      connections: 1,
      time: { tolerates: '50 %', catches: '140 %' },
      allocatedBytes: { tolerates: '5 %', catches: '15 %' },
    })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 22_000 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      allocatedBytes: { tolerates: '7 %', catches: '20 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '25 %', catches: '60 %' },
      'over 3 ×': { tolerates: '5 %', catches: '10 %' },
    })
    await expect(result).toCost({ cpu: costs.cpu, time: costs.time })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(undiciRequest, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '20 %', catches: '40 %' })
    await expect(result).toCost({ cpu: noisyCosts.cpu, time: noisyCosts.time })
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
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 22_000 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })
})

describe('undici-pipeline', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciPipeline, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 18_000 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })
})

describe('undici-dispatch', () => {
  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciDispatch, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p75: { tolerates: '8 %', catches: '20 %' },
      p90: { tolerates: '12 %', catches: '30 %' },
    })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 34_000 })
    await expect(result).toCost({
      ...costs,
      connections: 64,
      allocatedBytes: { tolerates: '6 %', catches: '15 %' },
    })
  })
})

describe('undici-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3.5 %', catches: '10 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 6_400 })
    await expect(result).toCost({
      ...noisyCosts,
      connections: 4,
      allocatedBytes: { tolerates: '6 %', catches: '15 %' },
    })
  })
})

describe('undici-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciDefault, smallJson({ inFlight: 4 }))
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 22_000 })
    await expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })
})
