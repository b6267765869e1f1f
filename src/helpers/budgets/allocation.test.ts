import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, judgeCosts } from './cost.ts'
import { judgingBy, loadOf, measurementOf, pairOf, replicateOf, totalsOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

function judge(costs: CostThresholds, changes: Partial<CompletedMeasurement> = {}, context = judgingBy()) {
  return judgeCosts(measurementOf(changes), costs, context)
}

const noReference = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const

function allocating(bytes: number, replicates: number): Partial<CompletedMeasurement> {
  const clients = [loadOf('axios', 2_000, { allocatedBytesPerRequest: bytes })]
  return { load: Array.from({ length: replicates }, () => ({ seed: 1, clients })) }
}

describe('allocated bytes', () => {
  const costs = { allocatedBytes: { tolerates: '3 %', catches: '6 %' } } as const
  const pairAllocating = (current: number, reference: number, replicates = 6): Partial<CompletedMeasurement> => {
    const totals = [
      totalsOf('current', { allocatedBytesPerRequest: current }),
      totalsOf('reference', { allocatedBytesPerRequest: reference }),
    ]
    return { pair: pairOf({ replicates: Array.from({ length: replicates }, () => replicateOf(1, { totals })) }) }
  }

  test('pass when they are those of the reference arm, whatever was tuned', () => {
    const reach = (1.959963984540054 * 0.005) / Math.sqrt(3)
    expect(judge(costs, pairAllocating(60_000, 60_000, 3))).toEqual([
      {
        state: 'pass',
        client: 'axios',
        scenario: 'small-4',
        budget: 'allocated bytes',
        reason: '0.0 % more allocated per request than expected',
        measured: {
          estimate: 60_000,
          low: close(60_000 * Math.exp(-reach)),
          high: close(60_000 * Math.exp(reach)),
          level: 0.95,
        },
        unit: 'bytes per request',
        expected: 60_000,
        tolerates: close(61_800),
        catches: close(63_600),
        compared: 'the reference arm',
        sameFiles: false,
        treeChanged: true,
      },
    ])
  })

  test('regress when the client allocates surely more than is tolerated, and pass when it allocates less', () => {
    expect(judge(costs, pairAllocating(78_000, 60_000))).toMatchObject([
      {
        state: 'regressed',
        reason: '30.0 % more allocated per request than expected, wholly beyond what is tolerated',
      },
    ])
    expect(judge(costs, pairAllocating(30_000, 60_000))).toMatchObject([
      { state: 'pass', reason: '50.0 % less allocated per request than expected' },
    ])
  })

  test('are inconclusive in between', () => {
    const wide = judgingBy({ allocatedBytesPerRequest: { expected: 75_000, scatter: 0.0125, replicates: 10 } })
    expect(judge(costs, pairAllocating(60_000 * 1.0465, 60_000), wide)).toMatchObject([
      { state: 'inconclusive', openTo: { evidence: 'pair', replicates: 6 } },
    ])
  })

  test('against the reference are binding on another machine class', () => {
    const elsewhere = judgingBy(undefined, 'another')
    expect(judge(costs, pairAllocating(78_000, 60_000), elsewhere)).toMatchObject([{ state: 'regressed' }])
  })

  test('are compared with the tuned figure where there is no reference', () => {
    expect(judge(costs, noReference)).toMatchObject([{ state: 'pass', expected: 75_000, compared: 'the tuned figure' }])
    expect(judge(costs, { ...noReference, ...allocating(97_500, 4) })).toMatchObject([
      { state: 'regressed', compared: 'the tuned figure' },
    ])
    expect(judge(costs, { ...noReference, ...allocating(97_500, 2) })).toMatchObject([
      { state: 'inconclusive', openTo: { evidence: 'load', replicates: 2 } },
    ])
  })

  test('against the tuned figure on another machine class are red only where they have doubled', () => {
    const elsewhere = judgingBy(undefined, 'another')
    const judged = (share: number) => judge(costs, { ...noReference, ...allocating(75_000 * share, 4) }, elsewhere)
    expect(judged(1.11)).toMatchObject([{ state: 'pass' }])
    expect(judged(1.4)).toMatchObject([{ state: 'pass' }])
    expect(judged(2.5)).toMatchObject([{ state: 'regressed' }])
  })

  test('need continuous load to be compared with the tuned figure', () => {
    expect(() => judge(costs, { ...noReference, load: [] })).toThrow(
      'axios small-4, allocated bytes: needs continuous load, and was measured with `underLoad: false`',
    )
    expect(judge(costs, { ...pairAllocating(60_000, 60_000), load: [] })).toMatchObject([{ state: 'pass' }])
  })

  test('cannot be judged where Node cannot tell them', () => {
    const { allocatedBytesPerRequest: _, ...load } = loadOf('axios', 2_000)
    const changes = { ...noReference, load: [{ seed: 1, clients: [load] }] }
    const told = `axios small-4, allocated bytes: Node ${process.versions.node} cannot tell allocated bytes; that budget needs Node 26 or newer`
    expect(() => judge(costs, changes)).toThrow(new UsageError(told))
    // Nor is anybody told to tune it there.
    const { budgets } = judgingBy()
    const untuned = { ...judgingBy(), budgets: { ...budgets, clients: { axios: { 'small-4': {} } } } }
    expect(() => judge(costs, changes, untuned)).toThrow(new UsageError(told))
  })
})

test('on a machine of another speed allocation is red only where it has doubled', () => {
  const costs = { allocatedBytes: { tolerates: '3 %', catches: '6 %' } } as const
  const beside = (bytes: number) =>
    measurementOf({
      ...noReference,
      load: [1, 2, 3, 4].map((seed) => ({
        seed,
        clients: [loadOf('axios', 400, { allocatedBytesPerRequest: bytes }), loadOf('http', 2_000)],
      })),
    })
  expect(judgeCosts(beside(110_000), costs, judgingBy())).toMatchObject([{ state: 'pass' }])
  expect(judgeCosts(beside(200_000), costs, judgingBy())).toMatchObject([{ state: 'regressed' }])
})
