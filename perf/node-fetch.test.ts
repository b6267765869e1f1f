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
  p75: { tolerates: '5.5 %', catches: '15 %' },
  p90: { tolerates: '7.4 %', catches: '20 %' },
  'over 1.5 ×': { tolerates: '3 %', catches: '7.4 %' },
  'over 3 ×': { tolerates: '2.1 %', catches: '5.2 %' },
  'over 10 ×': { tolerates: '1.4 %', catches: '3.3 %' },
  'over 50 ×': { tolerates: '0.43 %', catches: '1.1 %' },
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
  retainedBytes: { tolerates: 80, catches: 210 },
  residentBytes: { tolerates: 260, catches: 680 },
  allocatedBytes: { tolerates: '13 %', catches: '38 %' },
} as const

describe('node-fetch', () => {
  test('one request at a time', async () => {
    const result = await measure(nodeFetch, sequential, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '8 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p75: { tolerates: '4.5 %', catches: '11.5 %' },
      p90: { tolerates: '11.6 %', catches: '31 %' },
      'over 1.5 ×': { tolerates: '5.4 %', catches: '14 %' },
      'over 3 ×': { tolerates: '2.8 %', catches: '6.9 %' },
      'over 50 ×': { tolerates: '0.7 %', catches: '1.8 %' },
    })
    await expect(result).toCost({ ...sums, bufferBytes: { tolerates: '1 %', catches: '3 %' } })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '2.3 %', catches: '5.5 %' })
    await expect(result).toHoldItsTail({ ...tail, 'over 1.5 ×': { tolerates: '3.7 %', catches: '9.1 %' } })
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_100 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      cpu: { tolerates: '33 %', catches: '110 %' },
      time: { tolerates: '23 %', catches: '65 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '4.8 %', catches: '12 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '26 %', catches: '75 %' },
      'over 3 ×': { tolerates: '5.3 %', catches: '13 %' },
    })
    await expect(result).toCost({ ...sums, time: { tolerates: '20 %', catches: '56 %' } })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(nodeFetch, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '13 %', catches: '29 %' })
    await expect(result).toCost({ ...sums, bufferBytes: { tolerates: '1 %', catches: '3 %' } })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(nodeFetch, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.4 %', catches: '3.4 %' })
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
