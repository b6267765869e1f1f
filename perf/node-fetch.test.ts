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

/** What hits few batches, against the reference in the same blocks; the last three are shares of all batches. */
const tail = {
  p75: { tolerates: '3.2 %', catches: '8 %' },
  p90: { tolerates: '8 %', catches: '20 %' },
  'over 1.5 ×': { tolerates: '3.2 %', catches: '8 %' },
  'over 3 ×': { tolerates: '2.2 %', catches: '5.5 %' },
  'over 10 ×': { tolerates: '1.4 %', catches: '3.5 %' },
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
  retainedBytes: { tolerates: 65, catches: 170 },
  residentBytes: { tolerates: 400, catches: 1_000 },
  allocatedBytes: { tolerates: '4.5 %', catches: '13.5 %' },
} as const

describe('node-fetch', () => {
  test('one request at a time', async () => {
    const result = await measure(nodeFetch, sequential, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '3.5 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      ...tail,
      p75: { tolerates: '6 %', catches: '15 %' },
      p90: { tolerates: '14 %', catches: '38 %' },
    })
    await expect(result).toCost(sums)
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.6 %', catches: '5 %' })
    await expect(result).toHoldItsTail({ ...tail, 'over 1.5 ×': { tolerates: '2.4 %', catches: '6 %' } })
    await expect(result).toReach('http', { tolerates: '22 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 4_600 })
    await expect(result).toCost({ ...costs, connections: 4 })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '33 %', catches: '100 %' },
      'over 3 ×': { tolerates: '5 %', catches: '12.5 %' },
    })
    await expect(result).toCost(sums)
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(nodeFetch, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '17 %', catches: '36 %' })
    await expect(result).toCost(sums)
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(nodeFetch, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.6 %', catches: '5 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('node-fetch-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetchDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.8 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toSustain({ requestsPerSecond: 4_200 })
    await expect(result).toCost({ ...costs, allocatedBytes: { tolerates: '3.5 %', catches: '10 %' } })
  })
})
