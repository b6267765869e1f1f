import { describe, expect, test } from 'vitest'
import { InvalidWorkError } from '../invalid-work-error.ts'
import { latencyOf } from './latency-at-rate.ts'

/** So many answers, which took 1 ms, 2 ms and so on, beside so many failures; each was sent a millisecond late. */
function answersOf(answered: number, failures: number) {
  const latenciesMs = Array.from({ length: answered }, (_, index) => index + 1)
  return { latenciesMs, sentLateMs: Array.from({ length: answered + failures }, () => 1), failures }
}

describe('latencies at a fixed rate', () => {
  test('are percentiles of what was answered, with what failed and how late was sent beside them', () => {
    expect(latencyOf(answersOf(101, 1), 50, 0.3)).toEqual({
      requestsPerSecond: 50,
      requests: 102,
      errors: 1,
      p50Ms: 51,
      p90Ms: 91,
      p99Ms: 100,
      sentLateP99Ms: 1,
      generatorBusy: 0.3,
    })
  })

  test('are withheld where more than one request in a hundred failed', () => {
    expect(latencyOf(answersOf(98, 2), 50, 0.3)).toEqual({
      requestsPerSecond: 50,
      requests: 100,
      errors: 2,
      sentLateP99Ms: 1,
      generatorBusy: 0.3,
    })
  })

  test('are none where all requests failed', () => {
    expect(() => latencyOf(answersOf(0, 2), 50.4, 0.3)).toThrow(
      new InvalidWorkError('no request was answered at 50 requests/s'),
    )
  })
})
