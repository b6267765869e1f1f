import { describe, expect, test } from 'vitest'
import {
  delayed2ms,
  download1m,
  measure,
  nodeFetch,
  nodeFetchDefault,
  sequential,
  smallJson,
} from '../src/helpers/index.ts'

/** What hits few batches, against the reference in the same blocks; the last four are shares of all batches. */
const tail = {
  p75: { tolerates: '3.2 %', catches: '8 %' },
  p90: { tolerates: '7.2 %', catches: '18.5 %' },
  'over 1.5 ×': { tolerates: '3 %', catches: '7.4 %' },
  'over 3 ×': { tolerates: '1.7 %', catches: '4.1 %' },
  'over 10 ×': { tolerates: '1.4 %', catches: '3.3 %' },
  'over 50 ×': { tolerates: '0.3 %', catches: '0.75 %' },
} as const

/** What a stall of the idle connection would show in, where the median does not. */
const stalls = {
  'over 3 ×': { tolerates: '1.3 %', catches: '3.2 %' },
  'over 10 ×': { tolerates: '1.2 %', catches: '3 %' },
} as const

/** Everything that is done, summed over long spans: what only the collector feels, and what waits, shows here. */
const sums = {
  cpu: { tolerates: '27 %', catches: '78 %' },
  time: { tolerates: '16 %', catches: '44 %' },
} as const

/** What every request costs, and what it leaves behind, beside the reference; bytes are per request. */
const costs = {
  ...sums,
  requestBytes: 'unchanged',
  responseBytes: 'unchanged',
  listeners: 'unchanged',
  retainedBytes: { tolerates: 33, catches: 85 },
  residentBytes: { tolerates: 250, catches: 630 },
  allocatedBytes: { tolerates: '4.6 %', catches: '13 %' },
} as const

describe('node-fetch', () => {
  test('one request at a time', async () => {
    const result = await measure(nodeFetch, sequential, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '8 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p75: { tolerates: '4.5 %', catches: '11.5 %' },
      p90: { tolerates: '11.6 %', catches: '31 %' },
      'over 1.5 ×': { tolerates: '3.4 %', catches: '8.4 %' },
      'over 3 ×': { tolerates: '2.3 %', catches: '5.6 %' },
      'over 50 ×': { tolerates: '0.5 %', catches: '1.25 %' },
    })
    await expect(result).toCost({ ...sums, bufferBytes: { tolerates: '1 %', catches: '3 %' } })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.6 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, 'over 1.5 ×': { tolerates: '2.3 %', catches: '5.7 %' } })
    await expect(result).toReach('http', { tolerates: '20 %', catches: '46 %' })
    await expect(result).toSustain({ requestsPerSecond: 3_800 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      cpu: { tolerates: '33 %', catches: '100 %' },
      time: { tolerates: '23 %', catches: '65 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '26 %', catches: '75 %' },
      'over 3 ×': { tolerates: '5.2 %', catches: '13 %' },
    })
    await expect(result).toCost({ ...sums, time: { tolerates: '20 %', catches: '56 %' } })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(nodeFetch, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '12 %', catches: '28 %' })
    await expect(result).toCost({ ...sums, bufferBytes: { tolerates: '1 %', catches: '3 %' } })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(nodeFetch, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1 %', catches: '3 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('node-fetch-default', () => {
  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(nodeFetchDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toSustain({ requestsPerSecond: 4_200 })
    await expect(result).toCost({ ...costs, allocatedBytes: { tolerates: '3.1 %', catches: '8.6 %' } })
  })
})
