import { expect, test } from 'vitest'
import { countsOf, totalsOf } from '../budgets/test-measurement.ts'
import { soloLogRatio } from './slices.ts'
import { pairOfTurns } from './turns-pair.ts'

test('arms that took turns are a replicate of a pair: estimate, times, totals and counts', () => {
  const head = [
    [100, 110],
    [120, 130],
  ]
  const base = [
    [50, 55],
    [60, 65],
  ]
  const totals = [totalsOf('current'), totalsOf('reference')]
  const counts = [countsOf('current'), countsOf('reference')]
  const arms = [
    { arm: 'current', slices: head },
    { arm: 'reference', slices: base },
  ]
  const logRatio = soloLogRatio(head, base)
  const replicate = pairOfTurns({ seed: 7, arms, totals, counts })
  expect(replicate).toMatchObject({ seed: 7, totals, counts, logRatio: { estimate: logRatio, level: 0.95 } })
  expect(replicate.logRatio.low).toBeCloseTo(Math.log(0.5))
  expect(replicate.blocks.arms).toEqual([
    { arm: 'current', batchUs: [100, 110, 120, 130] },
    { arm: 'reference', batchUs: [50, 55, 60, 65] },
  ])
})
