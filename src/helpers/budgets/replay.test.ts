import { describe, expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { normalFrom } from '../statistics/test-normal.ts'
import { type RecordedBudget, type ReplayOptions, recordedBudgets, replay } from './replay.ts'
import type { StatedThresholds } from './stated.ts'
import { judgingBy, measurementOf, pairOf, tunedThroughout } from './test-measurement.ts'

const limits = { tolerates: Math.log(0.985), catches: Math.log(0.95) }

function budgetOf(gains: readonly number[], changes: Partial<RecordedBudget> = {}): RecordedBudget {
  return {
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against reference',
    evidence: 'pair',
    scale: 'throughput',
    gains,
    scatter: 0.005,
    limits,
    looks: [3, 6, 12],
    ...changes,
  }
}

const options: ReplayOptions = { simulatedRuns: 1_000, seed: 7, rates: { falseRed: 1e-5, missed: 0.01 } }
const still = [0, 0, 0]

describe('a replay', () => {
  test('of runs in which nothing scattered has no false red, and takes the first look of everything', () => {
    const replayed = replay([[budgetOf(still)], [budgetOf(still)]], options)
    expect(replayed).toEqual({
      recordedRuns: 2,
      simulatedRuns: 1_000,
      falseReds: 0,
      runsWithFalseRed: 0,
      falseRedsPer1000: 0,
      decisions: 1_000,
      inconclusive: 0,
      replicates: { mean: 3, largest: 3, meanOf: { pair: 3, load: 0, retention: 0, solo: 0 } },
      power: [],
    })
  })

  test('draws whole runs: all budgets of the bad one of four are red together, in a quarter of the runs', () => {
    const bad = [-0.2, -0.2, -0.2]
    const two = (gains: readonly number[]) => [budgetOf(gains), budgetOf(gains, { scenario: 'sequential' })]
    const replayed = replay([two(still), two(still), two(bad), two(still)], options)
    expect(replayed.falseReds).toBe(2 * replayed.runsWithFalseRed)
    // 250 are expected, with a standard deviation of 14.
    expect(Math.abs(replayed.falseRedsPer1000 - 250)).toBeLessThan(4 * 14)
    expect(replayed.decisions).toBe(2_000)
  })

  test('counts more looks as more replicates, once for all budgets of a measurement', () => {
    const bad = [-0.2, -0.2, -0.2]
    const others = [
      budgetOf(still, { budget: 'p90 batch time against reference' }),
      budgetOf(still, { evidence: 'load' }),
    ]
    const replayed = replay([[budgetOf(bad), ...others]], options)
    expect(replayed.replicates).toEqual({
      mean: 9,
      largest: 9,
      meanOf: { pair: 6, load: 3, retention: 0, solo: 0 },
    })
  })

  test('counts as inconclusive what is open at the last look', () => {
    const replayed = replay([[budgetOf([-0.03, -0.03, -0.03], { scatter: 0.06 })]], options)
    expect(replayed.inconclusive).toBe(1_000)
    expect(replayed.replicates.mean).toBe(12)
  })

  test('puts a worsening into a budget, and finds as many red as theory has it', () => {
    const normal = normalFrom(randomFrom(5))
    const runs = Array.from({ length: 400 }, () => [
      budgetOf(Array.from({ length: 12 }, () => 0.005 * normal())),
      // Never drawn, since no drop of throughput is put into it.
      budgetOf(still, { evidence: 'load' }),
    ])
    const { power, falseReds } = replay(runs, { ...options, worsenings: [0.01, 0.05, 0.2] })
    expect(falseReds).toBe(0)
    expect(power.map(({ worsening, injected }) => [worsening, injected])).toEqual([
      [0.01, 1_000],
      [0.05, 1_000],
      [0.2, 1_000],
    ])
    const [small, usual, large] = power.map(({ red }) => red / 1_000)
    expect(small).toBe(0)
    // Of 5 %, as is to be caught, 1 % may pass; the first look of 3 has it open or red later but for that.
    expect(usual).toBeGreaterThan(0.98)
    expect(large).toBe(1)
  })

  test('puts a worsening of a cost where it is asked to', () => {
    const cost = budgetOf(still, { scale: 'cost', budget: 'CPU time against reference' })
    const into = ({ scale }: RecordedBudget): boolean => scale === 'cost'
    const { power } = replay([[budgetOf(still), cost]], { ...options, worsenings: [0.3], into })
    expect(power).toEqual([{ worsening: 0.3, injected: 1_000, red: 1_000, inconclusive: 0 }])
    expect(() => replay([[budgetOf(still)]], { ...options, worsenings: [0.3], into })).toThrow(
      new RangeError('there is no recorded budget that a worsening may be put into'),
    )
  })

  test('repeats itself by its seed', () => {
    const runs = [[budgetOf(still)], [budgetOf([-0.2, -0.2, -0.2])], [budgetOf(still)]]
    expect(replay(runs, options)).toEqual(replay(runs, options))
    expect(replay(runs, options)).not.toEqual(replay(runs, { ...options, seed: 8 }))
  })

  test('of nothing is none', () => {
    expect(() => replay([], options)).toThrow(new RangeError('a replay needs recorded budgets'))
  })
})

describe('the budgets of a recorded measurement', () => {
  const stated: StatedThresholds = {
    reference: { tolerates: '1.5 %', catches: '5 %' },
    tail: { p90: { tolerates: '10 %', catches: '25 %' } },
    against: new Map([['http', { tolerates: '20 %', catches: '45 %' }]]),
    requestsPerSecond: 800,
    costs: {
      connections: 4,
      allocatedBytes: { tolerates: '3 %', catches: '6 %' },
      retainedBytes: { tolerates: 20, catches: 200 },
    },
  }

  test('are those that scatter, with what each was decided on', () => {
    const measurement = measurementOf({ pair: pairOf({ sameFiles: true }) })
    const budgets = recordedBudgets(measurement, stated, judgingBy(tunedThroughout))
    expect(budgets.map(({ budget, evidence, gains }) => `${budget}: ${gains.length} ${evidence}`)).toEqual([
      'throughput against reference: 3 pair',
      'p90 batch time against reference: 3 pair',
      'throughput against http: 2 load',
      'throughput per second: 2 load',
      'allocated bytes: 2 load',
      'retained bytes against reference: 1 retention',
    ])
    expect(budgets[2]).toMatchObject({
      client: 'axios',
      scenario: 'small-4',
      scale: 'throughput',
      scatter: 0.04,
      tunedReplicates: 10,
      limits: { tolerates: Math.log(0.8), catches: Math.log(0.55) },
      looks: [2, 4, 8],
    })
  })

  test('can be replayed', () => {
    const measurement = measurementOf({ pair: pairOf({ sameFiles: true }) })
    const run = recordedBudgets(measurement, stated, judgingBy(tunedThroughout))
    expect(replay([run], { ...options, simulatedRuns: 10 })).toMatchObject({
      falseReds: 0,
      decisions: 60,
      replicates: { mean: 6, meanOf: { pair: 3, load: 2, retention: 1, solo: 0 } },
    })
  })
})
