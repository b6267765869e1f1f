import { describe, expect, test } from 'vitest'
import { measure, sequential, smallJson, undiciRequest } from '../src/helpers/index.ts'

describe('undici-request', () => {
  test('one request at a time', async () => {
    const result = await measure(undiciRequest, sequential)
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '25 %', catches: '55 %' })
    expect(result).toSustain({ requestsPerSecond: 5_500 })
    expect(result).toCost({
      connections: 1,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3.5 %', catches: '15 %' },
    })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciRequest, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 23_000 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
