import { describe, expect, test } from 'vitest'
import type { OwnRetention } from '../measure/job.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, judgeCosts } from './cost.ts'
import { invalidMeasurement, judgingBy, loadOf, measurementOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const entries = { ownRetainedBytesPerRequest: { expected: 30, scatter: 4, replicates: 10 } }
const bytes = { ownRetainedBytes: { tolerates: 20, catches: 60 } }

/** What is left behind by so many bytes of each request. */
function retentionOf(bytesPerRequest: number, mostListeners = 20): OwnRetention {
  const retainedBytes = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((point) => point * 1_256 * bytesPerRequest)
  return { requestsPerPoint: 1_256, retainedBytes, mostListeners }
}

/** A replicate for each of them; the control beside is not looked at. */
function leaving(...each: readonly OwnRetention[]): CompletedMeasurement {
  const load = each.map((retention, index) => ({
    seed: index,
    clients: [loadOf('axios', 2_000, { retention }), loadOf('http', 10_000)],
  }))
  return measurementOf({ load, pair: { state: 'same files' } })
}

function judge(measurement: Parameters<typeof judgeCosts>[0], costs: CostThresholds, machineClass = 'tuned') {
  return judgeCosts(measurement, costs, judgingBy(entries, machineClass))[0]
}

describe('own retained bytes', () => {
  test('are held to the tuned figure, which need not be 0', () => {
    expect(judge(leaving(retentionOf(30), retentionOf(32)), bytes)).toMatchObject({
      budget: 'own retained bytes',
      state: 'pass',
      reason: '1.0 bytes more retained per request than expected',
      measured: { estimate: 31 },
      unit: 'bytes per request',
      expected: 30,
      tolerates: 50,
      catches: 90,
      compared: 'the tuned figure',
    })
  })

  test('go red when they grow by what is caught', () => {
    const found = [130, 134, 130, 134].map((each) => retentionOf(each))
    expect(judge(leaving(...found), bytes)).toMatchObject({
      state: 'regressed',
      reason: '102.0 bytes more retained per request than expected, wholly beyond what is tolerated',
    })
  })

  test('are better when there are fewer', () => {
    expect(judge(leaving(retentionOf(-200), retentionOf(-202)), bytes)).toMatchObject({
      state: 'pass',
      reason: '231.0 bytes less retained per request than expected',
    })
  })

  test('are open to more load while too few processes tell', () => {
    expect(judge(leaving(retentionOf(130), retentionOf(134)), bytes)).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'load', replicates: 2 },
    })
  })

  test('are only information on another class of machine, but for a cliff', () => {
    const state = (bytesPerRequest: number) => {
      const found = [0, 4, 0, 4].map((each) => retentionOf(bytesPerRequest + each))
      return judge(leaving(...found), bytes, 'other')?.state
    }
    expect(state(130)).toBe('pass')
    expect(state(1_030)).toBe('regressed')
  })

  test('of an invalid measurement are invalid', () => {
    expect(judge(invalidMeasurement(), bytes)).toMatchObject({ state: 'invalid', budget: 'own retained bytes' })
  })

  test('must be tuned, and be about a client that a mock answers', () => {
    expect(() => judgeCosts(leaving(retentionOf(30)), bytes, judgingBy())).toThrow(UsageError)
    expect(() => judge(measurementOf(), bytes)).toThrow(
      new UsageError(
        'axios small-4, own retained bytes: what a client leaves behind by itself is measured under scenarios ' +
          'that ask for it; state it of a mocked client under mock-retention',
      ),
    )
  })
})

describe('own listeners', () => {
  const atMost = { ownListeners: { atMost: 24 } }

  test('are no more than stated', () => {
    expect(judge(leaving(retentionOf(0, 20), retentionOf(0, 24)), atMost)).toMatchObject({
      budget: 'own listeners',
      state: 'pass',
      reason: 'at most 24 listeners',
      unit: 'listeners',
    })
  })

  test('are too many when two processes say so', () => {
    expect(judge(leaving(retentionOf(0, 10_068), retentionOf(0, 10_070)), atMost)).toMatchObject({
      state: 'regressed',
      reason: '10068 listeners, expected at most 24',
    })
    expect(judge(leaving(retentionOf(0, 10_068)), atMost)).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'load', replicates: 1, missing: 1 },
    })
  })

  test('are counted where a mock answers only', () => {
    expect(() => judge(measurementOf(), atMost)).toThrow(UsageError)
  })
})
