import { describe, expect, test } from 'vitest'
import { fetchClient, measure, smallJson } from '../src/helpers/index.ts'

describe('fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(fetchClient, smallJson({ inFlight: 4 }))
    expect(result).toReach('http', { tolerates: '25 %', catches: '55 %' })
    expect(result).toSustain({ requestsPerSecond: 6_300 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
