import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { judgingBy, loadOf, measurementOf, windowOf } from './test-measurement.ts'
import type { Percent } from './thresholds.ts'
import { judgeAgainstClient, judgePerSecond, throughputIn } from './throughput.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

const times = (count: number, share: number): number[] => Array.from({ length: count }, () => share)

describe('throughput against another client', () => {
  const thresholds: { tolerates: Percent; catches: Percent } = { tolerates: '20 %', catches: '30 %' }
  const judge = (own: number, context = judgingBy(), changes: Partial<CompletedMeasurement> = {}, replicates = 2) => {
    const load = times(replicates, 1).map((seed) => ({ seed, clients: [loadOf('axios', own), loadOf('http', 10_000)] }))
    return judgeAgainstClient(measurementOf({ load, ...changes }), 'http', thresholds, context)
  }

  test('passes when it is as expected, with everything that the verdict rests on', () => {
    const reach = 1.959963984540054 * 0.04 * Math.sqrt(1 / 2 + 1 / 10)
    expect(judge(2_000)).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'throughput against http',
      reason: 'throughput is 0.0 % above what is expected',
      measured: {
        estimate: close(0.2),
        low: close(0.2 * Math.exp(-reach)),
        high: close(0.2 * Math.exp(reach)),
        level: 0.95,
      },
      unit: 'ratio',
      expected: 0.2,
      tolerates: close(0.16),
      catches: close(0.14),
      compared: 'axios with http, processes taking turns',
      sameFiles: false,
      treeChanged: true,
    })
  })

  test('regresses when it is surely beyond what is tolerated', () => {
    expect(judge(1_200, judgingBy(), {}, 4).state).toBe('regressed')
  })

  test('is inconclusive in between', () => {
    expect(judge(1_480).state).toBe('inconclusive')
  })

  test('on another machine class is red only beyond twice what is caught', () => {
    const elsewhere = judgingBy(undefined, 'another')
    expect(judge(1_200, elsewhere)).toMatchObject({
      state: 'pass',
      informs: true,
      reason:
        'another machine than the tuned one (class another, tuned on tuned), so only a cliff is red: throughput is 40.0 % below what is expected',
    })
    expect(judge(300, elsewhere, {}, 4)).toMatchObject({
      state: 'regressed',
      reason:
        'another machine than the tuned one (class another, tuned on tuned), so only a cliff is red: ' +
        'throughput is 85.0 % below what is expected, wholly beyond it',
    })
  })

  test('is inconclusive where the target was the bottleneck', () => {
    const windows = [windowOf(2_000, { clientBusy: 0.6, targetBusy: 0.97 })]
    const load = [{ seed: 1, clients: [loadOf('axios', 2_000, { windows }), loadOf('http', 10_000)] }]
    expect(judge(2_000, judgingBy(), { load })).toMatchObject({
      state: 'inconclusive',
      reason: 'the target was the bottleneck: its thread was busy 97 % of the time, that of axios 60 %',
    })
  })

  test('goes from the ratio that is stated as expected, where one is', () => {
    const load = times(4, 1).map((seed) => ({ seed, clients: [loadOf('axios', 9_800), loadOf('http', 10_000)] }))
    const judgeFrom = (expected: unknown) =>
      judgeAgainstClient(measurementOf({ load }), 'http', { ...thresholds, expected: expected as number }, judgingBy())
    expect(judgeFrom(1)).toMatchObject({ state: 'pass', expected: 1, measured: { estimate: expect.closeTo(0.98, 6) } })
    expect(judgeFrom(4).state).toBe('regressed')
    expect(() => judgeFrom(0)).toThrow(
      new UsageError('axios small-4, throughput against http: expected is 0; expected a ratio above 0, such as 1'),
    )
  })

  test('is no red of a client that the target held back, on whatever machine', () => {
    const windows = [windowOf(300, { clientBusy: 0.6, targetBusy: 0.97 })]
    const load = times(4, 1).map((seed) => ({
      seed,
      clients: [loadOf('axios', 300, { windows }), loadOf('http', 10_000)],
    }))
    const elsewhere = judgingBy(undefined, 'another')
    expect(judge(300, elsewhere, { load })).toMatchObject({
      state: 'inconclusive',
      reason: 'the target was the bottleneck: its thread was busy 97 % of the time, that of axios 60 %',
    })
  })

  test('needs that client beside it', () => {
    expect(() => judgeAgainstClient(measurementOf(), 'undici-request', thresholds, judgingBy())).toThrow(
      new UsageError('undici-request was not measured beside axios; name it in `beside` of `measure`'),
    )
  })

  test('needs its entry in the budget file', () => {
    expect(() => judgeAgainstClient(measurementOf(), 'http', thresholds, judgingBy({}))).toThrow(
      'perf/budgets.json: /clients/axios/small-4/against/http is missing',
    )
  })

  test('needs continuous load', () => {
    expect(() => judge(2_000, judgingBy(), { load: [] })).toThrow(
      new UsageError(
        'axios small-4, throughput against http: needs continuous load, and was measured with `underLoad: false`; leave ' +
          'that option out of `measure`, or state only budgets against the reference',
      ),
    )
  })

  test('is never against the limit', () => {
    expect(() => judgeAgainstClient(measurementOf(), 'wire', thresholds, judgingBy())).toThrow(
      new UsageError('wire is the practical limit, printed and never budgeted against'),
    )
  })
})

describe('throughput per second', () => {
  const judge = (own: number, context = judgingBy(), replicates = 4) => {
    const load = times(replicates, 1).map((seed) => ({ seed, clients: [loadOf('axios', own)] }))
    return judgePerSecond(measurementOf({ load }), 800, context)
  }

  test('passes when the limit is reached', () => {
    expect(judge(2_000)).toMatchObject({
      state: 'pass',
      reason: 'reaches 800 requests/s',
      measured: { estimate: close(2_000) },
      unit: 'requests/s',
      expected: 2_000,
      tolerates: 800,
      catches: 800,
      compared: 'the stated limit',
    })
    expect(judge(801).state).toBe('pass')
  })

  test('regresses when it is surely not, and is inconclusive just below', () => {
    expect(judge(500)).toMatchObject({ state: 'regressed', reason: 'does not reach 800 requests/s' })
    expect(judge(780)).toMatchObject({ state: 'inconclusive', openTo: { evidence: 'load', replicates: 4 } })
  })

  test('is open at the first look, however far from the limit', () => {
    expect(judge(100, judgingBy(), 2)).toMatchObject({ state: 'inconclusive', openTo: { replicates: 2 } })
  })

  test('needs continuous load', () => {
    expect(() => judgePerSecond(measurementOf({ load: [] }), 800, judgingBy())).toThrow(
      'axios small-4, throughput per second: needs continuous load, and was measured with `underLoad: false`',
    )
  })

  test('needs half as much on another machine class', () => {
    expect(judge(500, judgingBy(undefined, 'another'))).toMatchObject({
      state: 'pass',
      reason:
        'another machine than the tuned one (class another, tuned on tuned), so only a cliff is red: reaches 400 requests/s',
      tolerates: 400,
    })
  })

  test('is refused within the noise of what was tuned', () => {
    // 2,000 × exp(−4 × 0.1 × √(1/4 + 1/10)): there is no red before four replicates.
    const judgeAt =
      (limit: number, context = judgingBy()) =>
      () =>
        judgePerSecond(measurementOf(), limit, context)
    expect(judgeAt(1_579)).toThrow(
      new UsageError(
        'axios small-4, throughput per second: 1579 requests/s lie within the noise of this budget: there were 2000 at ' +
          'tuning, scattering by 0.1 between processes, so that 1578 is the most that can be demanded (four standard errors ' +
          'of 4 replicates)',
      ),
    )
    expect(judgeAt(1_578)).not.toThrow()
    expect(judgeAt(1_579, judgingBy(undefined, 'another'))).not.toThrow()
  })

  test('says what would decide it, and nothing where the machine is too noisy to tell', () => {
    const missing = (changes: Partial<CompletedMeasurement>) => {
      const load = times(2, 1).map((seed) => ({ seed, clients: [loadOf('axios', 100)] }))
      return judgePerSecond(measurementOf({ load, ...changes }), 800, judgingBy()).openTo?.missing
    }
    expect(missing({})).toBe(2)
    expect(missing({ machineState: { loadAverage: 1, stealShare: 0.5 } })).toBe(Number.POSITIVE_INFINITY)
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined])('has no limit of %s', (limit) => {
    expect(() => judgePerSecond(measurementOf(), limit as number, judgingBy())).toThrow(
      new UsageError(`requestsPerSecond is ${limit}; expected a number above 0`),
    )
  })
})

test('the throughput of a replicate is the median over its windows', () => {
  const windows = [windowOf(100), windowOf(2_000), windowOf(2_400)]
  expect(throughputIn({ seed: 1, clients: [loadOf('axios', 0, { windows })] }, 'axios')).toBe(2_000)
})

test('the throughput of a client that was not there is an error', () => {
  expect(() => throughputIn({ seed: 1, clients: [] }, 'axios')).toThrow(
    new UsageError('axios was not measured in this replicate'),
  )
})

test('with one request in flight neither side is the bottleneck', () => {
  const windows = [windowOf(2_000, { clientBusy: 0.4, targetBusy: 0.6 })]
  const load = [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', 2_000, { windows }), loadOf('http', 10_000)] }))
  const thresholds = { tolerates: '20 %', catches: '30 %' } as const
  const stateAt = (inFlight: number) =>
    judgeAgainstClient(measurementOf({ load, inFlight }), 'http', thresholds, judgingBy()).state
  expect([stateAt(1), stateAt(2)]).toEqual(['pass', 'inconclusive'])
})

test('a client beside it that the target held back is no measure either', () => {
  const windows = [windowOf(10_000, { clientBusy: 0.5, targetBusy: 0.9 })]
  const load = [{ seed: 1, clients: [loadOf('axios', 2_000), loadOf('http', 10_000, { windows })] }]
  const thresholds = { tolerates: '20 %', catches: '30 %' } as const
  expect(judgeAgainstClient(measurementOf({ load }), 'http', thresholds, judgingBy())).toMatchObject({
    state: 'inconclusive',
    reason: 'the target was the bottleneck: its thread was busy 90 % of the time, that of http 50 %',
  })
})

test('a limit per second that the target kept the client from is inconclusive', () => {
  const windows = [windowOf(700, { clientBusy: 0.5, targetBusy: 0.9 })]
  const load = [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', 700, { windows })] }))
  expect(judgePerSecond(measurementOf({ load }), 1_500, judgingBy())).toMatchObject({
    state: 'inconclusive',
    reason: 'the target was the bottleneck: its thread was busy 90 % of the time, that of axios 50 %',
  })
})
