import { describe, expect, test } from 'vitest'
import type { ArmRetention } from '../measure/job.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, costKinds, judgeCosts } from './cost.ts'
import {
  judgingBy,
  measurementOf,
  pairOf,
  replicateOf,
  retentionOf,
  soloOf,
  totalsOf,
  tunedThroughout,
} from './test-measurement.ts'

function judge(costs: CostThresholds, changes: Partial<CompletedMeasurement>, context = judgingBy(tunedThroughout)) {
  return judgeCosts(measurementOf(changes), costs, context)[0]
}

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)

/** The arms alone are as fast as each other, without which no changed client passes. */
const solo = times(2, soloOf(1))
const retaining = (...series: readonly Parameters<typeof retentionOf>[0][]) => ({
  pair: pairOf({ solo, retention: series.map((current) => retentionOf(current)) }),
})

describe('sums per request', () => {
  const totalling = (replicates: number, changes: Parameters<typeof totalsOf>[1]) => {
    const totals = [totalsOf('current', changes), totalsOf('reference')]
    return { pair: pairOf({ solo, replicates: times(replicates, replicateOf(1, { totals })) }) }
  }
  const costs = { cpu: { tolerates: '8 %', catches: '20 %' } } as const

  test('pass as long as they are those of the reference', () => {
    expect(judge(costs, totalling(3, {}))).toMatchObject({
      state: 'pass',
      budget: 'CPU time against reference',
      reason: '0.0 % more CPU time per request than the reference',
      unit: 'ratio',
      expected: 1,
      compared: 'current 1.21.1 with reference 1.21.0',
    })
  })

  test('regress when CPU time is surely beyond what is tolerated, though every median stayed', () => {
    expect(judge(costs, totalling(6, { clientCpuUsPerRequest: 390 }))).toMatchObject({
      state: 'regressed',
      reason: '30.0 % more CPU time per request than the reference, wholly beyond what is tolerated',
      measured: { estimate: expect.closeTo(1.3, 9) },
    })
  })

  test('of time are a budget of their own', () => {
    const time = { time: { tolerates: '10 %', catches: '25 %' } } as const
    expect(judge(time, totalling(6, { wallUsPerRequest: 480 }))).toMatchObject({
      state: 'regressed',
      budget: 'total time against reference',
    })
    expect(judge(time, totalling(3, { clientCpuUsPerRequest: 390 }))).toMatchObject({ state: 'pass' })
  })

  test('of buffers show a copy of the body by its length, and nothing where an earlier version did not look', () => {
    const buffers = { bufferBytes: { tolerates: '5 %', catches: '12 %' } } as const
    expect(judge(buffers, totalling(6, { bufferBytesPerRequest: 3_000 }))).toMatchObject({
      state: 'regressed',
      budget: 'buffer bytes against reference',
      reason: '50.0 % more bytes of buffers per request than the reference, wholly beyond what is tolerated',
    })
    const { bufferBytesPerRequest: _, ...before } = totalsOf('current')
    const replicates = times(3, replicateOf(1, { totals: [before, { ...before, arm: 'reference' }] }))
    expect(judge(buffers, { pair: pairOf({ replicates }) })).toMatchObject({ state: 'inconclusive' })
  })

  describe('of buffers near nothing', () => {
    const buffers = { bufferBytes: { tolerates: '5 %', catches: '12 %' } } as const
    const arms = (current: number, reference: number) => {
      const totals = [
        totalsOf('current', { bufferBytesPerRequest: current }),
        totalsOf('reference', { bufferBytesPerRequest: reference }),
      ]
      return { pair: pairOf({ replicates: times(6, replicateOf(1, { totals })), solo }) }
    }

    test('regress when a cost comes from nothing', () => {
      expect(judge(buffers, arms(65_536, 0))).toMatchObject({
        state: 'regressed',
        measured: { estimate: expect.closeTo(256, 9) },
      })
      expect(judge(buffers, arms(65_536, -3_000))).toMatchObject({ state: 'regressed' })
    })

    test('pass when a cost becomes nothing', () => {
      expect(judge(buffers, arms(0, 65_536))).toMatchObject({ state: 'pass' })
    })

    test.each([
      [0, 0],
      [200, 0],
      [-3_000, 40],
      [250, -12],
    ])('are equal where neither is more than noise: %d and %d', (current, reference) => {
      expect(judge(buffers, arms(current, reference))).toMatchObject({ state: 'pass', measured: { estimate: 1 } })
    })
  })

  test('are binding on another machine class', () => {
    const elsewhere = judgingBy(tunedThroughout, 'another')
    expect(judge(costs, totalling(6, { clientCpuUsPerRequest: 390 }), elsewhere)).toMatchObject({ state: 'regressed' })
  })
})

describe('what is left behind', () => {
  const costs = { retainedBytes: { tolerates: 20, catches: 200 } } as const
  // 1,000 bytes at each point of 200 requests more: 5 a request; and 500 a request.
  const little = { retainedBytes: [0, 1_000, 2_000, 3_000, 4_000, 5_000] }
  const leak = { retainedBytes: [0, 100_000, 200_000, 300_000, 400_000, 500_000] }

  test('passes while it grows no faster than is tolerated', () => {
    expect(judge(costs, retaining(little))).toMatchObject({
      state: 'pass',
      budget: 'retained bytes against reference',
      reason: '5.0 bytes more retained per request than by the reference',
      measured: { estimate: 5 },
      unit: 'bytes per request',
      expected: 0,
      tolerates: 20,
      catches: 200,
    })
  })

  test('is open after one replicate that leaks, and red when a second shows it, too', () => {
    expect(judge(costs, retaining(leak))).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'retention', replicates: 1 },
    })
    expect(judge(costs, retaining(leak, leak))).toMatchObject({
      state: 'regressed',
      reason: '500.0 bytes more retained per request than by the reference, wholly beyond what is tolerated',
    })
  })

  test('passes when the reference leaks as much', () => {
    const pair = pairOf({ solo, retention: [retentionOf(leak, leak)] })
    expect(judge(costs, { pair })).toMatchObject({ state: 'pass' })
  })

  test('in resident memory is a budget of its own', () => {
    const resident = { residentBytes: { tolerates: 2_000, catches: 20_000 } } as const
    const pinned = { residentBytes: leak.retainedBytes.map((bytes) => bytes * 100) }
    expect(judge(resident, retaining(pinned, pinned))).toMatchObject({
      state: 'regressed',
      budget: 'resident memory against reference',
      reason: '50000.0 bytes more kept resident per request than by the reference, wholly beyond what is tolerated',
    })
    expect(judge(resident, retaining(leak))).toMatchObject({ state: 'pass' })
  })

  test('is asked for where it was not measured yet', () => {
    expect(judge(costs, { pair: pairOf({ retention: [] }) })).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'retention', replicates: 0, missing: 1 },
    })
  })

  test('is known no more exactly than to a page over the requests of a series', () => {
    expect(costKinds.residentBytes.leastScatter([pairOf()])).toBe(4_096 / 1_000)
  })
})

describe('listeners on pooled sockets', () => {
  const costs = { listeners: 'unchanged' } as const

  test('pass when there are no more of them than in the reference arm', () => {
    expect(judge(costs, retaining({ listeners: 5 }))).toMatchObject({
      state: 'pass',
      budget: 'listeners against reference',
      reason: 'at most 5 listeners',
      unit: 'listeners',
      compared: 'the reference arm',
    })
    expect(judge(costs, retaining({ listeners: 3 }))).toMatchObject({ state: 'pass' })
  })

  test('are open when one process has more, and red when a second confirms it', () => {
    expect(judge(costs, retaining({ listeners: 1_005 }))).toMatchObject({
      state: 'inconclusive',
      reason: '1005 listeners, expected at most 5, in the only process that counted them',
      openTo: { evidence: 'retention', replicates: 1, missing: 1 },
    })
    expect(judge(costs, retaining({ listeners: 1_005 }, { listeners: 1_004 }))).toMatchObject({
      state: 'regressed',
      reason: '1005 listeners, expected at most 5',
    })
  })

  test('are open when processes disagree, and red when a fresh one finds more, too', () => {
    expect(judge(costs, retaining({ listeners: 5 }, { listeners: 6 }))).toMatchObject({
      state: 'inconclusive',
      reason: '5 and 6 listeners in different processes, expected at most 5',
      openTo: { evidence: 'retention', replicates: 2, missing: 2 },
    })
    expect(judge(costs, retaining({ listeners: 5 }, { listeners: 6 }, { listeners: 6 }))).toMatchObject({
      state: 'regressed',
      reason: '6 listeners, expected at most 5',
    })
  })

  test('never pass without an open socket that they could be counted on', () => {
    const { listeners: _, ...unseen } = retentionOf().arms[0] as ArmRetention
    const seen: ArmRetention = { ...unseen, listeners: 5 }
    const replicate = (current: ArmRetention, reference: ArmRetention) => ({
      ...retentionOf(),
      arms: [current, { ...reference, arm: 'reference' }],
    })
    for (const arms of [replicate(unseen, unseen), replicate(unseen, seen), replicate(seen, unseen)]) {
      expect(judge(costs, { pair: pairOf({ retention: [arms] }) })).toMatchObject({
        state: 'inconclusive',
        reason: 'there was no open socket of both arms to count listeners on',
        openTo: { evidence: 'retention', replicates: 1, missing: 1 },
      })
    }
    const retention = [replicate(unseen, seen), replicate(seen, seen)]
    expect(judge(costs, { pair: pairOf({ retention }) })).toMatchObject({
      state: 'pass',
      reason: 'at most 5 listeners',
    })
  })

  test('are asked for where they were not counted yet', () => {
    expect(judge(costs, { pair: pairOf({ retention: [] }) })).toMatchObject({
      state: 'inconclusive',
      openTo: { evidence: 'retention', replicates: 0 },
    })
  })

  test('of the same files that this run did not draw pass without figures', () => {
    expect(judge(costs, { pair: { state: 'same files' } })).toMatchObject({ state: 'pass', sameFiles: true })
  })
})
