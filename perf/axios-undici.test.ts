import { describe, expect, test } from 'vitest'
import { axios, axiosUndici, download1m, measure, post10k, sequential, smallJson } from '../src/helpers/index.ts'

/**
 * Against axios over its own http adapter, in the same seconds. Both thresholds count from the ratios in `budgets.json`, and
 * are as wide as two windows a process make them: a gate notices what halves the gain, and `npm run bench:axios-undici`
 * says what it is.
 */
const beside = { beside: [axios] }

describe('axios-undici', () => {
  test('one request at a time', { tags: ['wide'] }, async () => {
    const result = await measure(axiosUndici, sequential, beside)
    await expect(result).toReach('axios', { tolerates: '28 %', catches: '58 %' })
    await expect(result).toCost({ connections: 1, requestBytes: 'unchanged', responseBytes: 'unchanged' })
  })

  test('small JSON, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axiosUndici, smallJson({ inFlight: 4 }), beside)
    await expect(result).toReach('axios', { tolerates: '26 %', catches: '55 %' })
    await expect(result).toCost({ connections: 4, allocatedBytes: { tolerates: '6.6 %', catches: '19 %' } })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(axiosUndici, smallJson({ inFlight: 64 }), beside)
    await expect(result).toReach('axios', { tolerates: '36 %', catches: '70 %' })
    await expect(result).toCost({ connections: 64, allocatedBytes: { tolerates: '11 %', catches: '33 %' } })
  })

  test('10 kB posted, 16 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axiosUndici, post10k, beside)
    await expect(result).toReach('axios', { tolerates: '30 %', catches: '61 %' })
    await expect(result).toCost({ connections: 16 })
  })

  test('1 MB downloaded, 4 in flight', { tags: ['wide'] }, async () => {
    const result = await measure(axiosUndici, download1m, beside)
    await expect(result).toReach('axios', { tolerates: '25 %', catches: '53 %' })
    await expect(result).toCost({ connections: 4 })
  })
})
