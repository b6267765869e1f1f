import { describe, expect, test } from 'vitest'
import { fetchClient, http, measure, smallJson } from '../src/helpers/index.ts'

describe('http', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(http, smallJson({ inFlight: 4 }))
    await expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '21 %', catches: '67 %' },
    })
  })
})

describe('fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(fetchClient, smallJson({ inFlight: 4 }))
    await expect(result).toReach('http', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toSustain({ requestsPerSecond: 2_900 })
    await expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '7.4 %', catches: '22 %' },
    })
  })
})
