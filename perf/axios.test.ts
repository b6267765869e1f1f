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
  p75: { tolerates: '3 %', catches: '8 %' },
  p90: { tolerates: '7.5 %', catches: '20 %' },
  'over 1.5 ×': { tolerates: '3 %', catches: '7.5 %' },
  'over 3 ×': { tolerates: '2.5 %', catches: '6.5 %' },
  'over 10 ×': { tolerates: '1.6 %', catches: '4 %' },
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
  retainedBytes: { tolerates: 90, catches: 230 },
  residentBytes: { tolerates: 1_000, catches: 2_600 },
  allocatedBytes: { tolerates: '3 %', catches: '8.5 %' },
} as const

describe('axios', () => {
  test('one request at a time', async () => {
    const result = await measure(axios, sequential)
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p90: { tolerates: '14 %', catches: '38 %' },
      'over 1.5 ×': { tolerates: '3.5 %', catches: '9 %' },
    })
    await expect(result).toReach('http', { tolerates: '30 %', catches: '63 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_200 })
    await expect(result).toCost({ ...costs, connections: 1, allocatedBytes: { tolerates: '5 %', catches: '14 %' } })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, p99: { tolerates: '40 %', catches: '125 %' } })
    await expect(result).toReach('http', { tolerates: '20 %', catches: '47 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_400 })
    await expect(result).toCost({ ...costs, connections: 4 })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 64 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '22 %', catches: '60 %' },
      'over 3 ×': { tolerates: '3 %', catches: '7.5 %' },
      'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' },
    })
    await expect(result).toReach('http', { tolerates: '60 %', catches: '93 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_400 })
    await expect(result).toCost({ ...costs, connections: 64 })
  })

  test('10 kB posted, 16 in flight', async () => {
    const result = await measure(axios, post10k)
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '11 %', catches: '30 %' },
      'over 1.5 ×': { tolerates: '7.5 %', catches: '19 %' },
      'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' },
    })
    await expect(result).toReach('http', { tolerates: '38 %', catches: '74 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_600 })
    await expect(result).toCost({ ...costs, connections: 16 })
  })

  test('40 request headers, 16 in flight', async () => {
    const result = await measure(axios, headers40)
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '10 %', catches: '27 %' },
      'over 3 ×': { tolerates: '2.5 %', catches: '6 %' },
      'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' },
    })
    await expect(result).toReach('http', { tolerates: '30 %', catches: '65 %' })
    await expect(result).toSustain({ requestsPerSecond: 1_900 })
    await expect(result).toCost({ ...costs, connections: 16, residentBytes: { tolerates: 1_700, catches: 4_400 } })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(axios, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '11 %', catches: '25 %' })
    await expect(result).toCost(sums)
  })

  test('1 MB downloaded with a size limit, 4 in flight', async () => {
    const result = await measure(axios, download1mLimit)
    await expect(result).toKeepUpWith('reference', { tolerates: '15 %', catches: '33 %' })
    await expect(result).toHoldItsTail({ 'over 10 ×': { tolerates: '1.5 %', catches: '3.5 %' } })
    await expect(result).toSustain({ requestsPerSecond: 330 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      retainedBytes: { tolerates: 350, catches: 900 },
      residentBytes: { tolerates: 135_000, catches: 350_000 },
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
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail({
      p75: { tolerates: '7 %', catches: '18 %' },
      p90: { tolerates: '30 %', catches: '90 %' },
      'over 1.5 ×': { tolerates: '4.2 %', catches: '10.5 %' },
      'over 3 ×': { tolerates: '2.5 %', catches: '6.5 %' },
      'over 10 ×': { tolerates: '1.6 %', catches: '4 %' },
    })
    await expect(result).toReach('http', { tolerates: '15 %', catches: '37 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_000 })
    await expect(result).toCost({ ...costs, connections: 4, allocatedBytes: { tolerates: '4.5 %', catches: '13.5 %' } })
  })
})

describe('axios-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(axiosDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, p75: { tolerates: '5 %', catches: '13 %' } })
    await expect(result).toSustain({ requestsPerSecond: 3_800 })
    await expect(result).toCost(costs)
  })
})
