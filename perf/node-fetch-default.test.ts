import { describe, expect, test } from 'vitest'
import { measure, nodeFetchDefault, smallJson } from '../src/helpers/index.ts'

describe('node-fetch-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(nodeFetchDefault, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toSustain({ requestsPerSecond: 4_200 })
    expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '9 %' },
    })
  })
})
