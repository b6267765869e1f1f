import { describe, expect, test } from 'vitest'
import { measure, smallJson, undiciFetch } from '../src/helpers/index.ts'

describe('undici-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciFetch, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '3.5 %', catches: '10 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 6_400 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '9 %' },
    })
  })
})
