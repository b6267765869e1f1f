import { describe, expect, test } from 'vitest'
import { scatteringEntries } from './budget-file.ts'
import { proposeTuned } from './propose.ts'
import { judgeScaling, scalingName, scalingPoints } from './scaling.ts'
import { judgingBy, loadOf, measurementOf, windowOf } from './test-measurement.ts'
import type { Percent } from './thresholds.ts'
import { UsageError } from './usage-error.ts'

const points = { from: 16, to: 512 }
const thresholds: { tolerates: Percent; catches: Percent } = { tolerates: '15 %', catches: '40 %' }
const tuned = { scaling: { '512 against 16': { expected: 0.8, scatter: 0.03, replicates: 10 } } }

/** Replicates of a sweep, one for each share of the throughput at 16 that is left at 512. */
function swept(...shares: number[]) {
  const load = shares.map((share, seed) => {
    const windows = [windowOf(1_000, { point: 16 }), windowOf(1_000 * share, { point: 512 })]
    return { seed, clients: [loadOf('axios', 1, { windows }), loadOf('http', 10_000)] }
  })
  return measurementOf({ load, loadShape: 'sweep' })
}

const judge = (measurement = swept(0.8, 0.8), context = judgingBy(tuned)) =>
  judgeScaling(measurement, points, thresholds, context)

describe('scaling', () => {
  test('passes when as much of the throughput is left as expected', () => {
    expect(judge()).toMatchObject({
      state: 'pass',
      budget: 'throughput at 512 against 16',
      measured: { estimate: expect.closeTo(0.8, 6) },
      unit: 'ratio',
      expected: 0.8,
      tolerates: expect.closeTo(0.68, 6),
      catches: expect.closeTo(0.48, 6),
      compared: 'axios at 512 with itself at 16, windows taking turns',
      reason: 'what remains of the throughput is 0.0 % above what is expected',
    })
  })

  test('regresses when far less is left, as of a pool that is scanned for every request', () => {
    expect(judge(swept(0.3, 0.3, 0.3, 0.3))).toMatchObject({
      state: 'regressed',
      reason: 'what remains of the throughput is 62.5 % below what is expected, wholly beyond what is tolerated',
    })
  })

  test('on another machine class is red only beyond twice what is caught', () => {
    expect(judge(swept(0.4, 0.4, 0.4, 0.4), judgingBy(tuned, 'another')).state).toBe('pass')
  })

  test('is inconclusive where the target was the bottleneck at one of the points', () => {
    const saturated = { clientBusy: 0.5, targetBusy: 0.9 }
    const windows = [windowOf(1_000, { point: 16 }), windowOf(300, { point: 512, ...saturated })]
    const load = [1, 2, 3, 4].map((seed) => ({ seed, clients: [loadOf('axios', 1, { windows })] }))
    expect(judge(measurementOf({ load }))).toMatchObject({
      state: 'inconclusive',
      reason: 'the target was the bottleneck: its thread was busy 90 % of the time, that of axios 50 %',
    })
  })

  test('refuses a point that was not measured, with those that were', () => {
    const context = judgingBy(tuned)
    expect(() => judgeScaling(swept(0.8), { from: 16, to: 64 }, thresholds, context)).toThrow(
      new UsageError('axios small-4, throughput at 64 against 16: toScale knows no point 64; expected two of 16, 512'),
    )
    expect(() => judgeScaling(measurementOf(), points, thresholds, context)).toThrow(
      new UsageError(
        'axios small-4, throughput at 512 against 16: toScale knows no point 16; the scenario is no sweep',
      ),
    )
  })

  test('refuses points that go from many to few, where a worse pool looks better', () => {
    for (const [from, to] of [
      [512, 16],
      [16, 16],
    ] as const) {
      expect(() => judgeScaling(swept(0.8), { from, to }, thresholds, judgingBy(tuned))).toThrow(
        new UsageError(
          `axios small-4, throughput at ${to} against ${from}: toScale goes from ${from} to ${to}; expected a smaller number ` +
            'first, because what is held is what is left at many',
        ),
      )
    }
  })

  test('says where its tuned value is missing', () => {
    expect(() => judge(swept(0.8), judgingBy())).toThrow(
      'perf/budgets.json: /clients/axios/small-4/scaling/512 against 16 is missing',
    )
  })

  test('is tuned by the runs of the sweep', () => {
    const proposed = proposeTuned([swept(0.8, 0.8), swept(0.8, 0.8)], ['throughput at 512 against 16'])
    expect(scatteringEntries(proposed)).toMatchObject([
      { place: 'scaling/512 against 16', value: { expected: 0.8, replicates: 4 } },
    ])
  })
})

test('the name of two points tells them', () => {
  expect(scalingPoints(scalingName(points))).toEqual(points)
  expect(scalingPoints('throughput against http')).toBeUndefined()
})
