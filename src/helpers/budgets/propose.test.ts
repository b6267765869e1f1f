import { describe, expect, test } from 'vitest'
import type { CompletedMeasurement } from '../measure/result.ts'
import { scatterBound } from '../statistics/scatter-bound.ts'
import { proposeTuned } from './propose.ts'
import {
  countsOf,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  retentionOf,
  serviceOf,
  soloOf,
  totalsOf,
} from './test-measurement.ts'

/** A run with an A/A pair and one replicate of load. */
function runOf(
  shares: readonly number[],
  own: number,
  changes: Parameters<typeof loadOf>[2] = {},
): CompletedMeasurement {
  return measurementOf({
    pair: pairOf({ sameFiles: true, replicates: shares.map((share) => replicateOf(share)) }),
    load: [{ seed: 1, clients: [loadOf('axios', own, changes), loadOf('http', 10_000)] }],
  })
}

describe('what is proposed', () => {
  test('against the reference is 1, with the upper bound of the scatter of A/A pairs around it', () => {
    const shares = [1.01, 0.99, 1.02, 0.98, 1, 1, 1.01, 0.99, 1.02, 0.98]
    const runs = [runOf(shares.slice(0, 5), 2_000), runOf(shares.slice(5), 2_000)]
    const meanSquare = shares.reduce((sum, share) => sum + Math.log(share) ** 2, 0) / 10
    const scatter = scatterBound(Math.sqrt(meanSquare), 10)
    expect(proposeTuned(runs, ['throughput against reference'])).toMatchObject({
      reference: { expected: 1, scatter: Number(scatter.toPrecision(4)), replicates: 10 },
    })
  })

  test('against the reference comes from pairs of the same files only', () => {
    const changed = measurementOf({ pair: pairOf({ replicates: [replicateOf(0.5)] }) })
    expect(proposeTuned([changed, runOf([1.01, 0.99], 2_000)], ['throughput against reference'])).toMatchObject({
      reference: { replicates: 2 },
    })
  })

  test('is never a scatter below 0.2 %', () => {
    expect(proposeTuned([runOf([1, 1, 1], 2_000)], ['throughput against reference']).reference?.scatter).toBe(0.002)
  })

  test('against another client is the geometric mean, with its scatter', () => {
    const runs = [runOf([1], 2_000), runOf([1], 2_200), runOf([1], 1_800)]
    const logs = [0.2, 0.22, 0.18].map(Math.log)
    const mean = logs.reduce((sum, log) => sum + log, 0) / 3
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 2)
    expect(proposeTuned(runs, ['throughput against http'])).toMatchObject({
      against: {
        http: {
          expected: Number(Math.exp(mean).toPrecision(4)),
          scatter: Number(scatterBound(deviation, 2).toPrecision(4)),
          replicates: 3,
        },
      },
    })
  })

  test('has the scatter between runs, scaled to one replicate, where its bound is larger than that of the replicates', () => {
    const runs = [2_000, 2_200].map((own) => {
      const clients = [loadOf('axios', own), loadOf('http', 10_000)]
      return measurementOf({
        load: [
          { seed: 1, clients },
          { seed: 2, clients },
        ],
      })
    })
    const between = (Math.log(2_200 / 2_000) / Math.SQRT2) * Math.SQRT2
    const { scatter } = proposeTuned(runs, ['throughput against http']).against?.http ?? {}
    expect(scatter).toBeCloseTo(scatterBound(between, 1), 4)
  })

  test('per second holds the lowest of all replicates', () => {
    const runs = [runOf([1], 2_000), runOf([1], 1_600), runOf([1], 2_500)]
    expect(proposeTuned(runs, ['throughput per second'])).toMatchObject({
      requestsPerSecond: { expected: 2_000, replicates: 3, lowest: 1_600 },
    })
  })

  test('for allocated bytes is the own figure, with the larger scatter of processes and of A/A arms', () => {
    const runs = [runOf([1], 2_000), runOf([1], 2_000)]
    expect(proposeTuned(runs, ['allocated bytes'])).toMatchObject({
      allocatedBytesPerRequest: { expected: 75_000, scatter: 0.002, replicates: 2 },
    })
    const totals = [totalsOf('current', { allocatedBytesPerRequest: 78_000 }), totalsOf('reference')]
    const pair = pairOf({ sameFiles: true, replicates: [replicateOf(1, { totals })] })
    const { allocatedBytesPerRequest } = proposeTuned(
      runs.map((run) => ({ ...run, pair })),
      ['allocated bytes'],
    )
    expect(allocatedBytesPerRequest?.scatter).toBeCloseTo(scatterBound(Math.log(78 / 75), 2), 4)
  })

  test('for the delays of a route is their geometric mean, the median over the windows of each process', () => {
    const runs = [4, 9].map((eventLoopDelayP99Ms) => runOf([1], 2_000, { service: serviceOf({ eventLoopDelayP99Ms }) }))
    expect(proposeTuned(runs, ['event-loop delay', '/ping beside'])).toMatchObject({
      eventLoopDelayP99Ms: { expected: 6, replicates: 2 },
      pingBesideP99Ms: { expected: 8, replicates: 2 },
    })
  })

  test('for bytes on the wire is what every run counted', () => {
    expect(proposeTuned([runOf([1], 2_000), runOf([1], 2_100)], ['request bytes', 'response bytes'])).toEqual({
      controlRequestsPerSecond: { expected: 10_000 },
      requestBytes: { expected: 190 },
      responseBytes: { expected: 240 },
    })
  })

  test('is refused where exact counters differ between runs', () => {
    const other = { counts: countsOf('axios', { bytesIn: 191_000 }) }
    expect(() => proposeTuned([runOf([1], 2_000), runOf([1], 2_000, other)], ['request bytes'])).toThrow(
      new RangeError('requestBytes: not the same in every run: 190, 191'),
    )
  })

  test('of the solo check comes with throughput against the reference, from pairs that have one', () => {
    const pair = pairOf({ sameFiles: true, solo: [soloOf(1.03), soloOf(1 / 1.03)] })
    const { solo } = proposeTuned([measurementOf({ pair })], ['throughput against reference'])
    const scatter = Number(scatterBound(Math.log(1.03), 2).toPrecision(4))
    expect(solo).toMatchObject({ expected: 1, scatter, replicates: 2 })
  })

  test('of differences is around 0, in their unit', () => {
    // 200 bytes at each of the points, 200 requests apart, and −200: 1 and −1 a request; a hundred times that resident.
    const series = (bytes: number) => [0, 1, 2, 3, 4, 5].map((point) => point * bytes)
    const retention = [4_000, -4_000].map((bytes) =>
      retentionOf({ retainedBytes: series(bytes), residentBytes: series(bytes * 100) }),
    )
    const run = measurementOf({ pair: pairOf({ sameFiles: true, retention }) })
    const budgets = ['retained bytes against reference', 'resident memory against reference']
    const bound = (deviation: number): number => Number(scatterBound(deviation, 2).toPrecision(4))
    expect(proposeTuned([run], budgets)).toMatchObject({
      retainedBytesPerRequest: { expected: 0, scatter: bound(20), replicates: 2 },
      residentBytesPerRequest: { expected: 0, scatter: bound(2_000), replicates: 2 },
    })
  })

  test('of what a mocked client leaves behind is its own mean, of either sign, with a scatter in bytes', () => {
    // So many bytes a request, over 1,256 requests between two points.
    const leaving = (...figures: number[]) =>
      measurementOf({
        load: figures.map((bytes) => {
          const retainedBytes = [0, 1, 2, 3, 4].map((point) => point * 1_256 * bytes)
          const retention = { requestsPerPoint: 1_256, retainedBytes, mostListeners: 20 }
          return { seed: 1, clients: [loadOf('axios', 2_000, { retention })] }
        }),
      })
    const proposed = (...runs: CompletedMeasurement[]) => proposeTuned(runs, ['own retained bytes'])
    expect(proposed(leaving(-16, -8), leaving(-12, -12))).toMatchObject({
      ownRetainedBytesPerRequest: { expected: -12, scatter: Number(scatterBound(Math.sqrt(32 / 3), 3).toPrecision(4)) },
    })
    expect(proposed(leaving(5), leaving(5))).toMatchObject({
      ownRetainedBytesPerRequest: { expected: 5, scatter: 1, replicates: 2 },
    })
    expect(() => proposed(measurementOf())).toThrow(new RangeError('own retained bytes: no mock answered in any run'))
  })

  test('is never a scatter below the grain: one batch, one byte a request, one page', () => {
    const run = measurementOf({ pair: pairOf({ sameFiles: true }) })
    const budgets = [
      'batches over 3 × against reference',
      'retained bytes against reference',
      'resident memory against reference',
      'CPU time against reference',
      'p99 batch time against reference',
    ]
    // The replicates of the test have one batch, and the series 1,000 requests.
    expect(proposeTuned([run], budgets)).toMatchObject({
      slowBatches: { 'over 3 ×': { expected: 0, scatter: 1, replicates: 3 } },
      retainedBytesPerRequest: { expected: 0, scatter: 1, replicates: 1 },
      residentBytesPerRequest: { expected: 0, scatter: 4.096, replicates: 1 },
      totals: { cpu: { expected: 1, scatter: 0.002, replicates: 3 } },
      tail: { p99: { expected: 1, scatter: 0.002, replicates: 3 } },
    })
  })

  test('has the scatter of equal builds where it is larger than that of equal files', () => {
    const build = (share: number) => measurementOf({ pair: pairOf({ replicates: [replicateOf(share)] }) })
    const proposed = (...equalBuilds: CompletedMeasurement[]) =>
      proposeTuned([runOf([1.01, 1 / 1.01], 2_000)], ['throughput against reference'], { equalBuilds }).reference
    const boundOfTwo = (share: number): number => Number(scatterBound(Math.abs(Math.log(share)), 2).toPrecision(4))
    expect(proposed()?.scatter).toBe(boundOfTwo(1.01))
    // Around 0, so that builds which are all slower count for that, too.
    expect(proposed(build(0.98), build(0.98))?.scatter).toBe(boundOfTwo(0.98))
    expect(proposed(build(0.999))?.scatter).toBe(boundOfTwo(1.01))
    expect(proposed({ ...build(0.5), scenario: 'post-10k' })?.scatter).toBe(boundOfTwo(1.01))
  })

  test('against the reference needs an A/A pair', () => {
    const run = measurementOf({ pair: { state: 'same files' } })
    expect(() => proposeTuned([run], ['throughput against reference'])).toThrow(
      new RangeError('throughput against reference: no run has an A/A pair that tells its scatter'),
    )
  })

  test('holds what the spec states, and beside it only how fast the machine was', () => {
    expect(proposeTuned([runOf([1], 2_000)], ['connections'])).toEqual({
      controlRequestsPerSecond: { expected: 10_000 },
    })
  })
})
