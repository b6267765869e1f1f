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

describe('node-fetch', () => {
  test('one request at a time', async () => {
    const result = await measure(nodeFetch, sequential, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toCost({ cpu: costs.cpu, time: costs.time })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toReach('http', { tolerates: '25 %', catches: '50 %' })
    await expect(result).toSustain({ requestsPerSecond: 4_100 })
    await expect(result).toCost({
      ...costs,
      connections: 4,
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 64 }), { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '4 %', catches: '10 %' })
    await expect(result).toHoldItsTail({
      p90: { tolerates: '25 %', catches: '60 %' },
      'over 3 ×': { tolerates: '5 %', catches: '10 %' },
    })
    await expect(result).toCost({ cpu: costs.cpu, time: costs.time })
  })

  test('1 MB downloaded, 4 in flight', async () => {
    const result = await measure(nodeFetch, download1m, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '20 %', catches: '40 %' })
    await expect(result).toCost({ cpu: costs.cpu, time: costs.time })
  })

  test('answers after 2 ms, in an otherwise idle process', async () => {
    const result = await measure(nodeFetch, delayed2ms, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    await expect(result).toHoldItsTail(stalls)
  })
})

describe('node-fetch-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetchDefault, smallJson({ inFlight: 4 }))
    await expect(result).toKeepUpWith('reference', { tolerates: '2 %', catches: '5 %' })
    await expect(result).toHoldItsTail(tail)
    await expect(result).toSustain({ requestsPerSecond: 4_200 })
    await expect(result).toCost({
      ...costs,
      cpu: { tolerates: '25 %', catches: '60 %' },
      time: { tolerates: '25 %', catches: '60 %' },
      allocatedBytes: { tolerates: '4 %', catches: '10 %' },
    })
  })
})
