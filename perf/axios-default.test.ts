import { describe, expect, test } from 'vitest'
import { axiosDefault, measure, smallJson } from '../src/helpers/index.ts'

describe('axios-default', () => {
  test('small JSON, 4 in flight', async () => {
    const result = await measure(axiosDefault, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toSustain({ requestsPerSecond: 3_000 })
    expect(result).toCost({
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
