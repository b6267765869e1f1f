import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, judgeCosts, ownCounts, perRequest } from './cost.ts'
import {
  countsOf,
  invalidMeasurement,
  judgingBy,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  totalsOf,
} from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const close = (value: number) => expect.closeTo(value, 6)

function judge(costs: CostThresholds, changes: Partial<CompletedMeasurement> = {}, context = judgingBy()) {
  return judgeCosts(measurementOf(changes), costs, context)
}

const noReference = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const

function loadedWith(...counts: Parameters<typeof countsOf>[1][]): Partial<CompletedMeasurement> {
  return {
    load: counts.map((each) => ({
      seed: 1,
      clients: [loadOf('axios', 2_000, { counts: countsOf('axios', each) })],
    })),
  }
}

function allocating(bytes: number, replicates: number): Partial<CompletedMeasurement> {
  const clients = [loadOf('axios', 2_000, { allocatedBytesPerRequest: bytes })]
  return { load: Array.from({ length: replicates }, () => ({ seed: 1, clients })) }
}

describe('connections', () => {
  test('pass when they are exactly those stated', () => {
    expect(judge({ connections: 4 })).toEqual([
      {
        state: 'pass',
        client: 'axios',
        scenario: 'small-4',
        budget: 'connections',
        reason: 'exactly 4 connections',
        measured: { estimate: 4, low: 4, high: 4, level: 1 },
        unit: 'connections',
        expected: 4,
        tolerates: 4,
        catches: 4,
        compared: 'the stated number',
        sameFiles: false,
        treeChanged: true,
      },
    ])
  })

  test.each([1_000, 3])('regress when they are %d instead', (connections) => {
    expect(judge({ connections: 4 }, loadedWith({ connections }, { connections }))).toMatchObject([
      { state: 'regressed', reason: `${connections} connections, expected exactly 4` },
    ])
  })

  test('are open while only one process counted them, and inconclusive when two disagree', () => {
    expect(judge({ connections: 4 }, loadedWith({ connections: 5 }))).toMatchObject([
      {
        state: 'inconclusive',
        reason: '5 connections, expected exactly 4, in the only process that counted them',
        openTo: { evidence: 'load', replicates: 1, missing: 1 },
      },
    ])
    const [verdict] = judge({ connections: 4 }, loadedWith({ connections: 4 }, { connections: 5 }))
    expect(verdict).toMatchObject({
      state: 'inconclusive',
      reason: '4 and 5 connections in different processes, expected exactly 4',
    })
    expect(verdict?.openTo).toBeUndefined()
  })

  test('are those of the current arm of the pairs where there was no continuous load', () => {
    expect(judge({ connections: 4 }, { load: [] })).toMatchObject([{ state: 'pass' }])
    expect(judge({ connections: 5 }, { load: [] })).toMatchObject([{ state: 'regressed' }])
  })

  test('pass without figures where nothing was measured because the files are the same', () => {
    expect(judge({ connections: 4 }, { load: [], pair: { state: 'same files' } })).toMatchObject([
      { state: 'pass', reason: 'both trees hold the same files; this run drew others for its A/A' },
    ])
  })

  test('need continuous load where there is no reference', () => {
    expect(() => judge({ connections: 4 }, { load: [], ...noReference })).toThrow(
      'axios small-4, connections: needs continuous load, and was measured with `underLoad: false`',
    )
  })

  test('per request are those of a client that keeps none', () => {
    expect(judge({ connectionsPerRequest: 1 }, loadedWith({ connections: 1_000 }))).toMatchObject([
      { state: 'pass', budget: 'connections per request', reason: 'exactly 1 connections per request' },
    ])
    expect(judge({ connectionsPerRequest: 1 })).toMatchObject([
      { state: 'regressed', reason: '0.004 connections per request, expected exactly 1' },
    ])
  })
})

describe('bytes on the wire', () => {
  const costs = { requestBytes: 'unchanged', responseBytes: 'unchanged' } as const

  test('pass when they are those of the reference arm', () => {
    expect(judge(costs)).toMatchObject([
      {
        state: 'pass',
        budget: 'request bytes',
        reason: 'exactly 190 bytes per request',
        compared: 'the reference arm',
      },
      {
        state: 'pass',
        budget: 'response bytes',
        reason: 'exactly 240 bytes per request',
        compared: 'the reference arm',
      },
    ])
  })

  test('regress when the client sends one byte more than its reference', () => {
    const counts = [countsOf('current', { bytesIn: 191_000 }), countsOf('reference')]
    const replicate = replicateOf(1, { counts })
    const pair = pairOf({ replicates: [replicate, replicate, replicate] })
    expect(judge({ requestBytes: 'unchanged' }, { pair })).toMatchObject([
      { state: 'regressed', reason: '191 bytes per request, expected exactly 190' },
    ])
  })

  test('are compared with the tuned figure where there is no reference', () => {
    expect(judge(costs, noReference)).toMatchObject([
      { state: 'pass', expected: 190, compared: 'the tuned figure' },
      { state: 'pass', expected: 240, compared: 'the tuned figure' },
    ])
    const more = { bytesIn: 200_000 }
    expect(judge({ requestBytes: 'unchanged' }, { ...noReference, ...loadedWith(more, more) })).toMatchObject([
      { state: 'regressed', reason: '200 bytes per request, expected exactly 190' },
    ])
  })

  test('need a tuned figure where there is no reference', () => {
    expect(() => judge(costs, noReference, judgingBy({}))).toThrow(
      'perf/budgets.json: /clients/axios/small-4/requestBytes is missing',
    )
  })
})

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

  test('against the tuned figure on another machine class are red only beyond twice what is caught', () => {
    const elsewhere = judgingBy(undefined, 'another')
    const judged = (share: number) => judge(costs, { ...noReference, ...allocating(75_000 * share, 4) }, elsewhere)
    expect(judged(1.11)).toMatchObject([{ state: 'pass' }])
    expect(judged(1.4)).toMatchObject([{ state: 'regressed' }])
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
    expect(() => judge(costs, changes)).toThrow(
      new UsageError(`Node ${process.versions.node} cannot tell allocated bytes; that budget needs Node 26 or newer`),
    )
  })
})

describe('costs', () => {
  test('are judged one verdict an entry, in their order', () => {
    const verdicts = judge({ requestBytes: 'unchanged', connections: 4 })
    expect(verdicts.map(({ budget }) => budget)).toEqual(['request bytes', 'connections'])
  })

  test('of an invalid measurement are invalid, an entry each', () => {
    const verdicts = judgeCosts(invalidMeasurement(), { connections: 4, requestBytes: 'unchanged' }, judgingBy())
    expect(verdicts.map(({ state, budget }) => `${state} ${budget}`)).toEqual([
      'invalid connections',
      'invalid request bytes',
    ])
  })

  test('that are none are a wrong spec', () => {
    expect(() => judge({})).toThrow(new UsageError('axios small-4: toCost states no cost'))
  })

  test('that are not known are a wrong spec', () => {
    expect(() => judge({ alocatedBytes: 3 } as CostThresholds)).toThrow(
      new UsageError(
        'toCost knows no alocatedBytes; expected one of connections, connectionsPerRequest, requestBytes, ' +
          'responseBytes, listeners, allocatedBytes, cpu, time, retainedBytes, residentBytes',
      ),
    )
  })

  test.each([
    [{ connections: '4' }, 'connections is "4"; expected a number'],
    [{ connectionsPerRequest: null }, 'connectionsPerRequest is null; expected a number'],
    [{ requestBytes: 190 }, `requestBytes is 190; expected 'unchanged'`],
    [{ responseBytes: 'same' }, `responseBytes is "same"; expected 'unchanged'`],
    [{ listeners: 5 }, `listeners is 5; expected 'unchanged'`],
    [{ cpu: '8 %' }, `cpu is "8 %"; expected thresholds such as { tolerates: '3 %', catches: '6 %' }`],
    [
      { allocatedBytes: null },
      `allocatedBytes is null; expected thresholds such as { tolerates: '3 %', catches: '6 %' }`,
    ],
    [
      { retainedBytes: { tolerates: 5 } },
      'retainedBytes is {"tolerates":5}; expected bytes per request such as { tolerates: 20, catches: 200 }',
    ],
  ])('of %j are a wrong spec', (costs, problem) => {
    expect(() => judge(costs as unknown as CostThresholds)).toThrow(new UsageError(`axios small-4: toCost: ${problem}`))
  })
})

test('a client that was not measured has no counts', () => {
  expect(ownCounts(measurementOf({ load: [], ...noReference }))).toEqual([])
})

test('a counter per request is a share of all requests', () => {
  expect(perRequest(countsOf('axios'), 'bytesOut')).toBe(240)
})
