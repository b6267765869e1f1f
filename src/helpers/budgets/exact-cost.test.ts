import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { type CostThresholds, judgeCosts } from './cost.ts'
import { countsOf, judgingBy, loadOf, measurementOf, pairOf, replicateOf } from './test-measurement.ts'

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

describe('full handshakes', () => {
  test('pass when there are no more than stated: sessions were resumed', () => {
    const [all, fewer] = [
      { fullHandshakes: 2, resumedHandshakes: 14 },
      { fullHandshakes: 1, resumedHandshakes: 15 },
    ]
    expect(judge({ fullHandshakes: 2 }, loadedWith(all, fewer))).toMatchObject([
      { state: 'pass', budget: 'full handshakes', reason: 'at most 2 full handshakes', unit: 'full handshakes' },
    ])
  })

  test('regress when sessions are given up', () => {
    const none = { fullHandshakes: 16, resumedHandshakes: 0 }
    expect(judge({ fullHandshakes: 2 }, loadedWith(none, none))).toMatchObject([
      { state: 'regressed', reason: '16 full handshakes, expected at most 2' },
    ])
  })
})

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

  test('are open while only one process found them wrong, and red as soon as a fresh one does, too', () => {
    expect(judge({ connections: 4 }, loadedWith({ connections: 5 }))).toMatchObject([
      {
        state: 'inconclusive',
        reason: '5 connections, expected exactly 4, in the only process that counted them',
        openTo: { evidence: 'load', replicates: 1, missing: 1 },
      },
    ])
    const [four, five] = [{ connections: 4 }, { connections: 5 }]
    expect(judge({ connections: 4 }, loadedWith(four, five))).toMatchObject([
      {
        state: 'inconclusive',
        reason: '4 and 5 connections in different processes, expected exactly 4',
        openTo: { evidence: 'load', replicates: 2, missing: 2 },
      },
    ])
    expect(judge({ connections: 4 }, loadedWith(four, five, four, five))).toMatchObject([
      { state: 'regressed', reason: '5 connections, expected exactly 4' },
    ])
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
