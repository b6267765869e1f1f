import { describe, expect, test } from 'vitest'
import { axiosFetch, measure, smallJson } from '../src/helpers/index.ts'

describe('axios-fetch', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(axiosFetch, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 2_300 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '5 %', catches: '15 %' },
    })
  })
})
