import { describe, expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { mean } from '../statistics/summary.ts'
import { drawnPlaces, type Growth, growthsOf } from './resample.ts'
import { recordedBudget } from './test-recorded-budget.ts'

/** Growths of the only run. */
function growthsIn(...budgets: readonly ReturnType<typeof recordedBudget>[]): readonly Growth[] {
  return growthsOf([budgets])[0] ?? []
}

describe('drawing replicates of a run', () => {
  test('draws the same ones for all budgets that rest on them', () => {
    const [growth] = growthsIn(
      recordedBudget([0.1, 0.2, 0.3]),
      recordedBudget([1, 2, 3], { budget: 'p90 batch time against reference' }),
    )
    expect(growth?.budgets).toHaveLength(2)
    const others = growthsIn(recordedBudget([0, 0, 0]), recordedBudget([0, 0], { evidence: 'load' }))
    expect(others).toHaveLength(2)
  })

  test('draws with replacement', () => {
    const [growth] = growthsIn(recordedBudget([0.1, 0.2, 0.3])) as [Growth]
    const placeOf = drawnPlaces(growth, randomFrom(3))
    const places = Array.from({ length: 1_000 }, (_, place) => placeOf(place))
    expect(new Set(places)).toEqual(new Set([0, 1, 2]))
    // The first three are some order of all only in 2 of 9 draws.
    const firsts = Array.from({ length: 200 }, (_, seed) => {
      const at = drawnPlaces(growth, randomFrom(seed))
      return new Set([at(0), at(1), at(2)]).size
    })
    expect(Math.min(...firsts)).toBe(1)
    expect(placeOf(5)).toBe(places[5])
  })

  test('scatters what is drawn like the run: its values with the divisor n scatter as the recorded ones with n − 1', () => {
    const [growth] = growthsIn(recordedBudget([0.01, 0.02, 0.06]))
    const gains = growth?.budgets[0]?.gains ?? []
    const center = mean(gains)
    expect(center).toBeCloseTo(0.03, 12)
    const variance = mean(gains.map((gain) => (gain - center) ** 2))
    expect(variance).toBeCloseTo((0.02 ** 2 + 0.01 ** 2 + 0.03 ** 2) / 2, 12)
  })

  test('of one replicate begins with that one and goes on with those of the other runs that hold the same', () => {
    const retained = (gain: number) => recordedBudget([gain], { evidence: 'retention', scale: 'bytes' })
    const other = recordedBudget([5], { evidence: 'retention', budget: 'resident memory against reference' })
    const [, second] = growthsOf([[retained(-1)], [retained(1)], [other]])
    const [growth] = second as [Growth]
    // Two values: stretched by √2 from their mean.
    expect(growth.budgets[0]?.gains).toEqual([-Math.SQRT2, Math.SQRT2])
    const draws = Array.from({ length: 50 }, (_, seed) => drawnPlaces(growth, randomFrom(seed)))
    expect(new Set(draws.map((placeOf) => placeOf(0)))).toEqual(new Set([1]))
    expect(new Set(draws.map((placeOf) => placeOf(1)))).toEqual(new Set([0, 1]))
  })
})
