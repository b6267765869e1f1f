import { describe, expect, test } from 'vitest'
import { measure, smallJson, undiciDispatch } from '../src/helpers/index.ts'

describe('undici-dispatch', () => {
  test('small JSON, 64 in flight', async () => {
    const result = await measure(undiciDispatch, smallJson({ inFlight: 64 }))
    expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 34_000 })
    expect(result).toCost({
      connections: 64,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '9 %' },
    })
  })
})
