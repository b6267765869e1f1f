import { describe, expect, test } from 'vitest'
import {
  axios,
  axiosDefault,
  axiosFetch,
  delayed2ms,
  download1m,
  download1mLimit,
  headers40,
  measure,
  post10k,
  sequential,
  smallJson,
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

describe('axios', () => {
  test('one request at a time', async () => {
    const result = await measure(axios, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_200 })
    await expect(result).toCost({
      ...costs,
      connections: 1,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, p99: { tolerates: '110 %', catches: '350 %' } })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_900 })
    await expect(result).toCost({
      ...noisyCosts,
      connections: 4,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '25 %', catches: '60 %' },
      'over 3 ×': { tolerates: '5 %', catches: '10 %' },
      'over 10 ×': { tolerates: '5 %', catches: '10 %' },
    })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_200 })
    await expect(result).toCost({
      ...noisyCosts,
      connections: 64,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('10 kB posted, 16 in flight', async () => {
    const result = await measure(axios, post10k)
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '6 %', catches: '15 %' },
      'over 1.5 ×': { tolerates: '6.5 %', catches: '14 %' },
      'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' },
    })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_800 })
    await expect(result).toCost({
      ...costs,
      connections: 16,
      cpu: { tolerates: '45 %', catches: '120 %' },
      time: { tolerates: '30 %', catches: '75 %' },
      residentBytes: { tolerates: 7_000, catches: 15_000 },
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('40 request headers, 16 in flight', async () => {
    const result = await measure(axios, headers40)
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '11 %', catches: '25 %' },
      'over 3 ×': { tolerates: '3 %', catches: '6 %' },
      'over 10 ×': { tolerates: '3 %', catches: '6 %' },
    })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_800 })
    await expect(result).toCost({
      ...costs,
      connections: 16,
      residentBytes: { tolerates: 2_000, catches: 5_000 },
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(axios, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '20 %', catches: '40 %' })
    await expect(result).toCost({ cpu: noisyCosts.cpu, time: noisyCosts.time })
  })

  test('1 MB downloaded with a size limit, 4 in flight', async () => {
    const result = await measure(axios, download1mLimit)
    await expect(result).toKeepUpWith('reference', { tolerates: '20 %', catches: '40 %' })
    await expect(result).toHoldItsTail({ 'over 10 ×': { tolerates: '4 %', catches: '8 %' } })
    await expect(result).toSustain({ requestsPerSecond: 300 })
    await expect(result).toCost({
      ...noisyCosts,
      connections: 4,
      retainedBytes: { tolerates: 400, catches: 1_000 },
      residentBytes: { tolerates: 70_000, catches: 150_000 },
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(axios, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('axios-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(axiosFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '4 %', catches: '10 %' },
      p90: { tolerates: '16 %', catches: '37 %' },
      'over 1.5 ×': { tolerates: '4 %', catches: '8.5 %' },
      'over 3 ×': { tolerates: '3 %', catches: '6.5 %' },
      'over 10 ×': { tolerates: '2 %', catches: '4 %' },
    })
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_300 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      allocatedBytes: { tolerates: '6 %', catches: '14 %' },
    })
  })
})

describe('axios-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(axiosDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toSustain({ requestsPerSecond: 2_900 })
    await expect(result).toCost({
      ...noisyCosts,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })
})
