import { describe, expect, test } from 'vitest'
import { measure, smallJson, undiciDefault } from '../src/helpers/index.ts'

describe('undici-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciDefault, smallJson({ inFlight: 4 }))
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 22_000 })
    expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
