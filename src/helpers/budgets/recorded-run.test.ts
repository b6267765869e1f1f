import { describe, expect, test } from 'vitest'
import { decideAsRecorded, decideInLooks, reachesALaterLook, recordedBudgets } from './recorded-run.ts'
import type { StatedThresholds } from './stated.ts'
import { judgingBy, measurementOf, pairOf, tunedThroughout } from './test-measurement.ts'
import { rates, recordedBudget } from './test-recorded-budget.ts'

test('the budgets of a recorded measurement are those that scatter, with what each was decided on', () => {
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

describe('deciding a recorded budget again', () => {
  test('ends at the look that decides, and asks for no gain beyond it', () => {
    const asked: number[] = []
    const gainAt = (place: number): number => {
      asked.push(place)
      return 0
    }
    expect(decideInLooks(recordedBudget([]), gainAt, rates)).toEqual({ state: 'pass', replicates: 3 })
    expect(asked).toEqual([0, 1, 2])
  })

  test('is open at the last look where nothing tells', () => {
    const noisy = recordedBudget([], { scatter: 0.06 })
    expect(decideInLooks(noisy, () => -0.03, rates)).toEqual({ state: 'open', replicates: 12 })
  })

  test('goes as far as was recorded, and the first look alone is never red', () => {
    const slow = (count: number) => recordedBudget(new Array<number>(count).fill(-0.2))
    expect(decideAsRecorded(slow(3), rates)).toBe('open')
    expect(reachesALaterLook(slow(3))).toBe(false)
    expect(decideAsRecorded(slow(6), rates)).toBe('regressed')
    expect(reachesALaterLook(slow(6))).toBe(true)
  })
})
