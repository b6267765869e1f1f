import { describe, expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { mean } from '../statistics/summary.ts'
import { normalFrom } from '../statistics/test-normal.ts'
import { replayPower } from './replay-power.ts'
import { rates, recordedBudget } from './test-recorded-budget.ts'

const options = { draws: 20, seed: 7, rates, times: [0.2, 1], drops: [0.01, 0.05, 0.2] }
const still = [0, 0, 0]

describe('power', () => {
  test('is what theory has it: of what is to be caught 1 % may pass', () => {
    const normal = normalFrom(randomFrom(5))
    const runs = Array.from({ length: 100 }, () => [recordedBudget(Array.from({ length: 12 }, () => 0.005 * normal()))])
    const [found] = replayPower([runs], options)
    expect(found).toMatchObject({
      name: 'axios small-4: throughput against reference',
      kind: 'throughput against reference',
    })
    expect(found?.catches).toBeCloseTo(0.05, 12)
    const at = found?.at.map(({ red, ...put }) => ({ ...put, runs: red.length, power: mean(red) })) ?? []
    expect(at.map(({ power: _, ...put }) => put)).toEqual([
      { times: 0.2, runs: 100 },
      { times: 1, runs: 100 },
      { drop: 0.01, runs: 100 },
      { drop: 0.05, runs: 100 },
      { drop: 0.2, runs: 100 },
    ])
    const [fifth, once, small, usual, large] = at.map(({ power }) => power)
    expect([fifth, small, large]).toEqual([0, 0, 1])
    expect(once).toBeGreaterThan(0.97)
    expect(usual).toBeGreaterThan(0.97)
  })

  test('is given for each run: one in which a client happened to be faster misses what the others show', () => {
    const [found] = replayPower([[[recordedBudget(still)], [recordedBudget([0.04, 0.04, 0.04])]]], options)
    expect(found?.at.find((point) => 'times' in point && point.times === 1)?.red).toEqual([1, 0])
  })

  test('of a cost is asked at times of what it catches only', () => {
    const cost = recordedBudget(still, { scale: 'cost', budget: 'CPU time against reference' })
    const [found] = replayPower([[[cost]]], options)
    expect(found?.at).toEqual([
      { times: 0.2, red: [0] },
      { times: 1, red: [1] },
    ])
  })

  test('of a budget with one limit does not exist', () => {
    expect(replayPower([[[recordedBudget(still, { limits: { tolerates: 0, catches: 0 } })]]], options)).toEqual([])
  })
})
