import { expect, test } from 'vitest'
import type { BudgetPower } from '../../helpers/budgets/replay-power.ts'
import type { PowerTrial, Proof } from '../prove/proof.ts'
import { here } from '../prove/test-proof.ts'
import { proofCharts } from './proof-charts.ts'

/** A budget that goes red in such shares of the runs when it is 2 and 5 % slower. */
const powerAt = (catches: number, two: readonly number[], five: readonly number[]): BudgetPower => ({
  name: 'axios small-4: throughput against reference',
  kind: 'throughput against reference',
  catches,
  at: [
    { times: 1, red: [1] },
    { drop: 0.05, red: five },
    { drop: 0.02, red: two },
  ],
})

function proofOf(at: string, power: readonly BudgetPower[]): Proof {
  const trial = {
    part: 'replay',
    kind: 'power',
    case: 'power',
    seed: 1,
    at,
    durationMs: 1,
    power,
  } as Partial<PowerTrial>
  return { schemaVersion: 1, collections: [{ ...here, trials: [trial as PowerTrial] }] }
}

test('how often a drop goes red is drawn by what budgets catch', () => {
  const power = [powerAt(0.05, [0, 0.2], [1]), powerAt(0.050000000000000044, [0.3], [0.8]), powerAt(0.1, [0], [0.1])]
  const [chart, ...others] = proofCharts(proofOf('2026-11-22T12:00:00.000Z', power))
  expect(others).toEqual([])
  expect(chart?.table).toEqual({
    head: ['drop', 'catches 5 %', 'catches 10 %'],
    rows: [
      ['2 %', '20 %', '0 %'],
      ['5 %', '90 %', '10 %'],
    ],
  })
})

test('the newest replay counts', () => {
  const [older, newer] = [
    proofOf('2026-11-22T12:00:00.000Z', [powerAt(0.05, [0], [0])]),
    proofOf('2026-11-23T12:00:00.000Z', [powerAt(0.05, [1], [1])]),
  ]
  const both = { ...newer, collections: [...newer.collections, ...older.collections] }
  expect(proofCharts(both)[0]?.table.rows).toEqual([
    ['2 %', '100 %'],
    ['5 %', '100 %'],
  ])
})

test('nothing is drawn where nothing was proved', () => {
  expect(proofCharts({ schemaVersion: 1, collections: [] })).toEqual([])
  expect(proofCharts(proofOf('2026-11-22T12:00:00.000Z', []))).toEqual([])
})
