import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import {
  invalidMeasurement,
  judgingBy,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
  windowOf,
} from './test-measurement.ts'
import type { Percent } from './thresholds.ts'
import { judgeAgainstClient, judgeAgainstReference, judgePerSecond, throughputIn } from './throughput.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

function keeping(shares: readonly number[], sameFiles = false): Partial<CompletedMeasurement> {
  const replicates = shares.map((share) => replicateOf(share))
  return { pair: pairOf({ sameFiles, replicates, solo: [soloOf(0.97), soloOf(0.98)] }) }
}

const times = (count: number, share: number): number[] => Array.from({ length: count }, () => share)

describe('throughput against the reference', () => {
  const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
  const judge = (changes: Partial<CompletedMeasurement>, context = judgingBy()) =>
    judgeAgainstReference(measurementOf(changes), thresholds, context)

  test('passes when it is as expected, with everything that the verdict rests on', () => {
    // Half of the 95 % interval: 1.959964 × 0.005 / √3.
    const reach = (1.959963984540054 * 0.005) / Math.sqrt(3)
    expect(judge(keeping([1, 1, 1]))).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'throughput against reference',
      reason: 'throughput is 0.0 % above what is expected',
      measured: { estimate: 1, low: close(Math.exp(-reach)), high: close(Math.exp(reach)), level: 0.95 },
      unit: 'ratio',
      expected: 1,
      tolerates: close(0.985),
      catches: close(0.95),
      compared: 'current 1.21.1 with reference 1.21.0',
      sameFiles: false,
      treeChanged: true,
    })
  })

  test('regresses when it is surely beyond what is tolerated', () => {
    expect(judge(keeping(times(6, 0.85)))).toMatchObject({
      state: 'regressed',
      reason: 'throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
    })
  })

  test('is open at the first look, however slow, and says what would decide it', () => {
    expect(judge(keeping(times(3, 0.85)))).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'pair', replicates: 3, missing: expect.any(Number) },
    })
  })

  test('is inconclusive when its replicates differ more than the tuned scatter lets decide', () => {
    expect(judge(keeping([0.9, 1, 1.02]))).toMatchObject({
      state: 'inconclusive',
      reason:
        'throughput is 2.8 % below what is expected, but it is too noisy to tell: the replicates scatter 13.5 times more than at tuning',
    })
  })

  test('passes when it is faster', () => {
    expect(judge(keeping([1.3, 1.3, 1.3]))).toMatchObject({
      state: 'pass',
      reason: 'throughput is 30.0 % above what is expected',
    })
  })

  test('is binding on another machine class, with twice the scatter', () => {
    expect(judge(keeping(times(6, 0.85)), judgingBy(undefined, 'another')).state).toBe('regressed')
    expect(judge(keeping(times(6, 0.972))).state).toBe('regressed')
    expect(judge(keeping(times(6, 0.972)), judgingBy(undefined, 'another')).state).toBe('pass')
  })

  test('of the same files is said to be an A/A', () => {
    expect(judge(keeping(times(6, 0.85), true))).toMatchObject({
      state: 'regressed',
      sameFiles: true,
      compared: 'current 1.21.1 with reference 1.21.0 (same files, A/A)',
    })
  })

  test('of the same files that this run did not draw passes without figures', () => {
    expect(judge({ pair: { state: 'same files' } })).toEqual({
      state: 'pass',
      client: 'axios',
      scenario: 'small-4',
      budget: 'throughput against reference',
      reason: 'both trees hold the same files; this run drew others for its A/A',
      compared: 'nothing, the files are the same',
      sameFiles: true,
      treeChanged: false,
    })
  })

  test('must be tuned even while the files are the same, or the first changed lock file would find it missing', () => {
    expect(() => judge({ pair: { state: 'same files' } }, judgingBy({}))).toThrow(
      'perf/budgets.json: /clients/axios/small-4/reference is missing',
    )
  })

  test('must have sound thresholds even while the files are the same', () => {
    const same = measurementOf({ pair: { state: 'same files' } })
    const swapped = { tolerates: '5 %', catches: '1.5 %' } as const
    expect(() => judgeAgainstReference(same, swapped, judgingBy())).toThrow(
      new UsageError('axios small-4, throughput against reference: tolerates (5 %) must be below catches (1.5 %)'),
    )
  })

  test('is no budget for a client without reference', () => {
    expect(() => judge({ pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } })).toThrow(
      new UsageError('axios has no reference: it comes with Node. Use toReach or toCost instead.'),
    )
  })

  test('of what is invalid is invalid', () => {
    expect(judgeAgainstReference(invalidMeasurement('hung'), thresholds, judgingBy())).toMatchObject({
      state: 'invalid',
      reason: 'hung',
    })
  })

  test('on a noisy machine is red only when every replicate lies beyond what is caught', () => {
    const machineState = { loadAverage: 1, stealShare: 0.34 }
    expect(judge({ ...keeping(times(6, 0.953)), machineState })).toMatchObject({
      state: 'inconclusive',
      reason:
        "throughput is 4.7 % below what is expected, but it is too noisy to tell: 34 % of the cores' time was stolen",
    })
    expect(judge({ ...keeping(times(6, 0.8)), machineState })).toMatchObject({
      state: 'regressed',
      reason:
        'throughput is 20.0 % below what is expected, wholly beyond what is tolerated, and far outside of the noise ' +
        "(34 % of the cores' time was stolen)",
    })
  })

  test('that passes side by side and not alone is inconclusive: the arms interfere', () => {
    const alone = (shares: readonly number[]) => ({ pair: pairOf({ solo: shares.map(soloOf) }) })
    expect(judge(alone([0.99, 1.01])).state).toBe('pass')
    expect(judge(alone([0.4, 0.41]))).toMatchObject({ state: 'inconclusive', openTo: { evidence: 'solo' } })
    expect(judge(alone([0.4, 0.41, 0.4, 0.39]))).toMatchObject({
      state: 'inconclusive',
      reason: expect.stringMatching(
        /^arms interfere: alone the throughput changes by -60\.0 %, side by side throughput is 0\.0 % above/,
      ),
    })
  })
})

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
      reason:
        'another machine class than the tuned one (class another, tuned on tuned), so only a cliff is red: throughput is 40.0 % below what is expected',
    })
    expect(judge(300, elsewhere, {}, 4)).toMatchObject({
      state: 'regressed',
      reason:
        'another machine class than the tuned one (class another, tuned on tuned), so only a cliff is red: ' +
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
        'another machine class than the tuned one (class another, tuned on tuned), so only a cliff is red: reaches 400 requests/s',
      tolerates: 400,
    })
  })

  test.each([0, -1, Number.NaN, undefined])('has no limit of %s', (limit) => {
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
  expect(judgePerSecond(measurementOf({ load }), 5_000, judgingBy())).toMatchObject({
    state: 'inconclusive',
    reason: 'the target was the bottleneck: its thread was busy 90 % of the time, that of axios 50 %',
  })
})
