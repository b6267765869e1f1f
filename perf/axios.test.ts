import { describe, expect, test } from 'vitest'
import { axios, download1mLimit, headers40, measure, post10k, sequential, smallJson } from '../src/helpers/index.ts'

describe('axios', () => {
  test('one request at a time', async () => {
    const result = await measure(axios, sequential)
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 2_200 })
    expect(result).toCost({
      connections: 1,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })

  test('small JSON, 4 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 4 }))
    expect(result).toKeepUpWith('reference', { tolerates: '1.5 %', catches: '5 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '50 %' })
    expect(result).toSustain({ requestsPerSecond: 2_900 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })

  test('small JSON, 64 in flight', async () => {
    const result = await measure(axios, smallJson({ inFlight: 64 }))
    expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 3_200 })
    expect(result).toCost({
      connections: 64,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })

  test('10 kB posted, 16 in flight', async () => {
    const result = await measure(axios, post10k)
    expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 2_800 })
    expect(result).toCost({
      connections: 16,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })

  test('40 request headers, 16 in flight', async () => {
    const result = await measure(axios, headers40)
    expect(result).toKeepUpWith('reference', { tolerates: '3 %', catches: '10 %' })
    expect(result).toReach('http', { tolerates: '20 %', catches: '45 %' })
    expect(result).toSustain({ requestsPerSecond: 1_800 })
    expect(result).toCost({
      connections: 16,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })

  test('1 MB downloaded with a size limit, 4 in flight', async () => {
    const result = await measure(axios, download1mLimit)
    expect(result).toKeepUpWith('reference', { tolerates: '16 %', catches: '40 %' })
    expect(result).toSustain({ requestsPerSecond: 300 })
    expect(result).toCost({
      connections: 4,
      requestBytes: 'unchanged',
      responseBytes: 'unchanged',
      allocatedBytes: { tolerates: '3 %', catches: '8 %' },
    })
  })
})
