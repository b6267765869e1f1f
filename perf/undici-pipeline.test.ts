import { describe, expect, test } from 'vitest'
import { measure, smallJson, undiciPipeline } from '../src/helpers/index.ts'

describe('undici-pipeline', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(undiciPipeline, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 18_000 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '9 %' },
    })
  })
})
