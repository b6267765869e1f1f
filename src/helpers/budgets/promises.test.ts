import { describe, expect, test } from 'vitest'
import { gateEffort, withReplicates } from '../measure/effort.ts'
import { scatteringBudgets, type TunedScenario } from './budget-file.ts'
import { errorRates } from './decision.ts'
import { promisedBudgets, promisedLimit } from './promises.ts'
import type { StatedThresholds } from './stated.ts'
import { budgetFileOf, tunedThroughout } from './test-measurement.ts'

const promised = (stated: Partial<StatedThresholds>, tuned: TunedScenario = tunedThroughout) => {
  const rates = errorRates(scatteringBudgets(budgetFileOf(tuned)))
  return promisedBudgets({ against: new Map(), ...stated }, 'axios small-4', tuned, { rates, effort: gateEffort })
}

describe('a promise', () => {
  test('that the tuned scatter can keep is kept as it is stated', () => {
    const stated = { tolerates: 0.015, catches: 0.05 }
    expect(promised({ reference: { tolerates: '1.5 %', catches: '5 %' } })).toMatchObject([
      { budget: 'throughput against reference', place: 'reference', stated, needed: stated, isKept: true },
    ])
    expect(promised({})).toEqual([])
  })

  test('comes with the strictest that could be stated', () => {
    // 4 × 0.005 / √5 = 0.00894, a worsening of 0.89 %.
    const [found] = promised({ reference: { tolerates: '1.5 %', catches: '5 %' } })
    expect(found?.strictest).toEqual({ tolerates: 0.009, catches: expect.closeTo(0.025, 2) })
    expect(promised({ reference: { tolerates: '0.9 %', catches: '2.8 %' } })[0]?.isKept).toBe(true)
  })

  test('to catch more than the last look can show is broken, and only that must change', () => {
    const [found] = promised({ reference: { tolerates: '1.5 %', catches: '2 %' } })
    expect(found).toMatchObject({ isKept: false, needed: { tolerates: 0.015 } })
    expect(found?.needed?.catches).toBeGreaterThan(0.02)
    expect(
      promised({ reference: { tolerates: '1.5 %', catches: `${(found?.needed?.catches ?? 0) * 100} %` } }),
    ).toEqual([expect.objectContaining({ isKept: true })])
  })

  test('to tolerate less than four standard errors is broken', () => {
    expect(promised({ reference: { tolerates: '0.8 %', catches: '5 %' } })).toMatchObject([
      { isKept: false, needed: { tolerates: 0.009, catches: 0.05 } },
    ])
  })

  test('about another client counts the error of the expected ratio, over the looks of continuous load', () => {
    // 4 × 0.04 × √(1 / 4 + 1 / 10) = 0.0947, a worsening of 9.03 %.
    expect(promised({ against: new Map([['http', { tolerates: '8 %', catches: '45 %' }]]) })).toMatchObject([
      { budget: 'throughput against http', isKept: false, needed: { tolerates: 0.091, catches: 0.45 } },
    ])
  })

  test('of every other kind is looked at, in its unit', () => {
    const stated: Partial<StatedThresholds> = {
      tail: { p99: { tolerates: '5 %', catches: '80 %' }, 'over 3 ×': { tolerates: '0.1 %', catches: '30 %' } },
      costs: {
        cpu: { tolerates: '1 %', catches: '50 %' },
        retainedBytes: { tolerates: 2, catches: 500 },
        allocatedBytes: { tolerates: '0.5 %', catches: '50 %' },
      },
    }
    expect(promised(stated).map(({ budget, needed }) => [budget, needed?.tolerates])).toEqual([
      ['p99 batch time against reference', 0.16],
      ['batches over 3 × against reference', 0.0036],
      ['allocated bytes against reference', 0.009],
      ['allocated bytes against the tuned figure', 0.012],
      ['CPU time against reference', 0.019],
      ['retained bytes against reference', 12],
    ])
  })

  test('to catch what is nearly everything is stated with three digits, and not at all where that is not enough', () => {
    const needed = (scatter: number) => {
      const tuned = { against: { http: { expected: 0.2, scatter, replicates: 10 } } }
      const [found] = promised({ against: new Map([['http', { tolerates: '20 %', catches: '40 %' }]]) }, tuned)
      return { isKept: found?.isKept, needed: found?.needed, strictest: found?.strictest }
    }
    const catches = 0.997
    expect(needed(1.02)).toMatchObject({ isKept: false, needed: { catches }, strictest: { catches } })
    expect(needed(3)).toEqual({ isKept: false, needed: undefined, strictest: undefined })
  })

  test('can be kept by less scatter, and by more replicates', () => {
    const [found] = promised({ reference: { tolerates: '0.8 %', catches: '5 %' } })
    const value = { expected: 1, scatter: 0.005, replicates: 15 }
    expect(found?.isKeptBy(value)).toBe(false)
    expect(found?.isKeptBy({ ...value, scatter: 0.004 })).toBe(true)
    expect(found?.isKeptBy(value, withReplicates(gateEffort, 2))).toBe(true)
  })

  test('about what was never tuned is left to the judge', () => {
    expect(promised({ reference: { tolerates: '0 %', catches: '1 %' } }, {})).toEqual([])
  })
})

describe('a limit per second', () => {
  const limit = (requestsPerSecond: number, tuned = tunedThroughout) =>
    promisedLimit({ against: new Map(), requestsPerSecond }, tuned, gateEffort)

  test('is sound at half of the lowest seen, and told where it is far from that', () => {
    expect(limit(850)).toEqual({ stated: 850, sound: 850, isFar: false, isKept: true })
    expect(limit(500)).toMatchObject({ sound: 850, isFar: true, isKept: true })
  })

  test('within the noise of what was seen is not kept', () => {
    // 2,000 × exp(−4 × 0.1 × √(1 / 4 + 1 / 10)) = 1,578.
    expect(limit(1_570)).toMatchObject({ isKept: true })
    expect(limit(1_590)).toMatchObject({ isKept: false })
  })

  test('that is not stated, or was never seen, is none', () => {
    expect(limit(850, {})).toBeUndefined()
    expect(promisedLimit({ against: new Map() }, tunedThroughout, gateEffort)).toBeUndefined()
  })
})
