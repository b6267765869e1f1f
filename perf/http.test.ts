import { describe, expect, test } from 'vitest'
import { http, measure, smallJson } from '../src/helpers/index.ts'

describe('http', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(http, smallJson({ inFlight: 4 }))
    expect(result).toSustain({ requestsPerSecond: 15_000 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
