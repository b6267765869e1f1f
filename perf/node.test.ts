import { describe, expect, test } from 'vitest'
import { fetchClient, http, measure, smallJson } from '../src/helpers/index.ts'

describe('http', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(http, smallJson({ inFlight: 4 }))
    await expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '2.2 %', catches: '6 %' },
    })
  })
})

describe('fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(fetchClient, smallJson({ inFlight: 4 }))
    await expect(result).toReach('http', { tolerates: '18 %', catches: '42 %' })
    await expect(result).toSustain({ requestsPerSecond: 6_000 })
    await expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '5.3 %', catches: '15 %' },
    })
  })
})
