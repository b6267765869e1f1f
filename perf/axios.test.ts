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

/** What hits few batches, against the reference in the same blocks; the last four are shares of all batches. */
const tail = {
  p75: { tolerates: '4.4 %', catches: '12 %' },
  p90: { tolerates: '9 %', catches: '24 %' },
  'over 1.5 ×': { tolerates: '4.9 %', catches: '13 %' },
  'over 3 ×': { tolerates: '2.9 %', catches: '7.2 %' },
  'over 10 ×': { tolerates: '1.7 %', catches: '4.2 %' },
  'over 50 ×': { tolerates: '0.48 %', catches: '1.2 %' },
} as const

/** What a stall of the idle connection would show in, where the median does not. */
const stalls = {
  'over 3 ×': { tolerates: '1.3 %', catches: '3.2 %' },
  'over 10 ×': { tolerates: '1.2 %', catches: '3 %' },
} as const

/** Everything that is done, summed over long spans: what only the collector feels, and what waits, shows here. */
const sums = {
  cpu: { tolerates: '25 %', catches: '72 %' },
  time: { tolerates: '16 %', catches: '45 %' },
} as const

/** What every request costs, and what it leaves behind, beside the reference; bytes are per request. */
const costs = {
  ...sums,
  requestBytes: 'unchanged',
  responseBytes: 'unchanged',
  listeners: 'unchanged',
  retainedBytes: { tolerates: 130, catches: 340 },
  residentBytes: { tolerates: 1_100, catches: 2_800 },
  allocatedBytes: { tolerates: '6 %', catches: '18 %' },
} as const

describe('axios', () => {
  test('one request at a time', async () => {
    const result = await measure(axios, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '2.2 %', catches: '5.4 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p90: { tolerates: '15 %', catches: '41 %' },
      'over 50 ×': { tolerates: '0.79 %', catches: '2 %' },
    })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_300 })
    await expect(result).toCost({
      ...costs,
      connections: 1,
      allocatedBytes: { tolerates: '6.4 %', catches: '19 %' },
      retainedBytes: { tolerates: 210, catches: 550 },
      residentBytes: { tolerates: 5_300, catches: 14_000 },
    })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '2.4 %', catches: '5.9 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      'over 30 ×': { tolerates: '0.5 %', catches: '1.3 %' },
      p99: { tolerates: '86 %', catches: '370 %' },
    })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_600 })
    await expect(result).toCost({ ...costs, connections: 4 })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3.5 %', catches: '8.4 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '20 %', catches: '57 %' },
      'over 3 ×': { tolerates: '2.6 %', catches: '6.5 %' },
      'over 10 ×': { tolerates: '1.8 %', catches: '4.4 %' },
    })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_700 })
    await expect(result).toCost({ ...costs, connections: 64 })
  })

  test('10 kB posted, 16 in flight', async () => {
    const result = await measure(axios, post10k)
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '8 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '12 %', catches: '33 %' },
      'over 1.5 ×': { tolerates: '7.4 %', catches: '18.5 %' },
      'over 10 ×': { tolerates: '1.3 %', catches: '3.1 %' },
    })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_400 })
    await expect(result).toCost({
      ...costs,
      connections: 16,
      cpu: { tolerates: '30 %', catches: '91 %' },
      residentBytes: { tolerates: 22_000, catches: 57_000 },
    })
  })

  test('40 request headers, 16 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axios, headers40)
    await expect(result).toKeepUpWith('reference', { tolerates: '3.2 %', catches: '8 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '7.2 %', catches: '19 %' },
      'over 3 ×': { tolerates: '1.9 %', catches: '4.8 %' },
      'over 10 ×': { tolerates: '1.3 %', catches: '3.1 %' },
    })
    await expect(result).toReach('http', { tolerates: '19 %', catches: '43 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_900 })
    await expect(result).toCost({ ...costs, connections: 16, residentBytes: { tolerates: 1_600, catches: 4_200 } })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(axios, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '12 %', catches: '28 %' })
    await expect(result).toCost({
      ...sums,
      time: { tolerates: '22 %', catches: '62 %' },
      bufferBytes: { tolerates: '1 %', catches: '3 %' },
    })
  })

  test('1 MB downloaded with a size limit, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axios, download1mLimit)
    await expect(result).toKeepUpWith('reference', { tolerates: '12.5 %', catches: '29 %' })
    await expect(result).toHoldItsTail({ 'over 10 ×': { tolerates: '1.3 %', catches: '3.1 %' } })
    await expect(result).toSustain({ requestsPerSecond: 330 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      time: { tolerates: '22 %', catches: '62 %' },
      retainedBytes: { tolerates: 415, catches: 1_080 },
      residentBytes: { tolerates: 98_000, catches: 255_000 },
    })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(axios, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.4 %', catches: '3.3 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('axios-fetch', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axiosFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '4.6 %', catches: '12 %' },
      p90: { tolerates: '19 %', catches: '53 %' },
      'over 1.5 ×': { tolerates: '3.7 %', catches: '9.2 %' },
      'over 3 ×': { tolerates: '2.5 %', catches: '6.2 %' },
      'over 10 ×': { tolerates: '1.7 %', catches: '4.2 %' },
    })
    await expect(result).toReach('http', { tolerates: '21 %', catches: '47 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_900 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      cpu: { tolerates: '35 %', catches: '107 %' },
      time: { tolerates: '23 %', catches: '66 %' },
      retainedBytes: { tolerates: 105, catches: 275 },
      allocatedBytes: { tolerates: '4.3 %', catches: '12 %' },
    })
  })
})

describe('axios-default', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axiosDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, p75: { tolerates: '4 %', catches: '10.5 %' } })
    await expect(result).toSustain({ requestsPerSecond: 3_700 })
    await expect(result).toCost(costs)
  })
})
