import { describe, expect, test } from 'vitest'
import { measure, nodeFetch, smallJson } from '../src/helpers/index.ts'

describe('node-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetch, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 4_100 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '9 %' },
    })
  })
})
