import { describe, expect, test } from 'vitest'
import { type ReplayOptions, replay } from './replay.ts'
import { rates, recordedBudget } from './test-recorded-budget.ts'

const options: ReplayOptions = {
  simulatedRuns: 1_000,
  seed: 7,
  rates,
  times: { pair: 2_000, load: 3_000, retention: 4_000, solo: 5_000 },
  nullsPerRun: 1,
  soloReplicates: 2,
}
const still = [0, 0, 0]
const bad = [-0.2, -0.2, -0.2]

describe('a replay', () => {
  test('of runs in which nothing scattered has no false red, and takes the first look of everything', () => {
    const replayed = replay([[[recordedBudget(still)], [recordedBudget(still)]]], options)
    expect(replayed).toEqual({
      simulatedRuns: 1_000,
      runsWithFalseRed: 0,
      falseReds: {},
      decisions: 1_000,
      inconclusive: 0,
      replicates: { pair: 3, load: 0, retention: 0, solo: 2 },
      ms: { unchanged: { mean: 6_000, largest: 6_000 }, everyClientChanged: { mean: 16_000, largest: 16_000 } },
    })
  })

  test('draws whole runs: all budgets of the bad one of four are red together, in a quarter of the runs', () => {
    const two = (gains: readonly number[]) => [recordedBudget(gains), recordedBudget(gains, { scenario: 'sequential' })]
    const replayed = replay([[two(still), two(still), two(bad), two(still)]], options)
    expect(replayed.falseReds).toEqual({
      'axios small-4: throughput against reference': replayed.runsWithFalseRed,
      'axios sequential: throughput against reference': replayed.runsWithFalseRed,
    })
    // 250 are expected, with a standard deviation of 14.
    expect(Math.abs(replayed.runsWithFalseRed - 250)).toBeLessThan(4 * 14)
    expect(replayed.decisions).toBe(2_000)
  })

  test('draws replicates anew: a run with one bad replicate of three is sometimes red, though its mean is the same', () => {
    const { runsWithFalseRed } = replay([[[recordedBudget([0, 0, -0.09])]]], options)
    expect(runsWithFalseRed).toBeGreaterThan(0)
    expect(runsWithFalseRed).toBeLessThan(500)
  })

  test('draws one run of each stratum, so that budgets that were added later are in every run', () => {
    const later = recordedBudget(still, { budget: 'buffer bytes against reference', scale: 'cost' })
    const { decisions } = replay([[[recordedBudget(still)]], [[later], [later]]], options)
    expect(decisions).toBe(2_000)
  })

  test('counts more looks as more replicates, once for all budgets of a measurement', () => {
    const others = [
      recordedBudget(still, { budget: 'p90 batch time against reference' }),
      recordedBudget(still, { evidence: 'load' }),
    ]
    const { replicates, ms } = replay([[[recordedBudget(bad), ...others]]], options)
    expect(replicates).toEqual({ pair: 6, load: 3, retention: 0, solo: 2 })
    expect(ms.everyClientChanged.mean).toBe(6 * 2_000 + 3 * 3_000 + 2 * 5_000)
  })

  test('counts of an unchanged run the load of every client, and no more pairs than its rotation measures', () => {
    const client = (name: string) => [
      recordedBudget(still, { client: name }),
      recordedBudget(still, { client: name, evidence: 'load' }),
    ]
    const { ms } = replay([[[...client('axios'), ...client('undici-request')]]], options)
    expect(ms.unchanged.mean).toBe(2 * 3 * 3_000 + 3 * 2_000)
    expect(ms.everyClientChanged.mean).toBe(2 * (3 * 3_000 + 3 * 2_000 + 2 * 5_000))
  })

  test('counts as inconclusive what is open at the last look', () => {
    const replayed = replay([[[recordedBudget([-0.03, -0.03, -0.03], { scatter: 0.06 })]]], options)
    expect(replayed.inconclusive).toBe(1_000)
    expect(replayed.replicates.pair).toBe(12)
  })

  test('repeats itself by its seed', () => {
    const runs = [[[recordedBudget(still)], [recordedBudget(bad)], [recordedBudget(still)]]]
    expect(replay(runs, options)).toEqual(replay(runs, options))
    expect(replay(runs, options)).not.toEqual(replay(runs, { ...options, seed: 8 }))
  })

  test('of nothing is none', () => {
    expect(() => replay([[]], options)).toThrow(new RangeError('a replay needs recorded budgets'))
  })
})
