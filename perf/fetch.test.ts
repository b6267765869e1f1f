import { describe, expect, test } from 'vitest'
import { fetchClient, measure, smallJson } from '../src/helpers/index.ts'

describe('fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(fetchClient, smallJson({ inFlight: 4 }))
    expect(result).toReach('http', { tolerates: '20 %', catches: '50 %' })
    expect(result).toSustain({ requestsPerSecond: 5_900 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '9 %', catches: '30 %' },
    })
  })
})
