import { expect, test } from 'vitest'
import type { BudgetPower } from '../../helpers/budgets/replay-power.ts'
import type { PowerTrial } from '../prove/proof.ts'
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

/** A replay at a moment. */
function powerTrial(at: string, power: readonly BudgetPower[]): PowerTrial {
  return {
    part: 'replay',
    kind: 'power',
    case: 'power',
    seed: 1,
    at,
    durationMs: 1,
    power,
  } as Partial<PowerTrial> as PowerTrial
}

test('how often a drop goes red is drawn by what budgets catch', () => {
  const power = [powerAt(0.05, [0, 0.2], [1]), powerAt(0.050000000000000044, [0.3], [0.8]), powerAt(0.1, [0], [0.1])]
  const [chart, ...others] = proofCharts([powerTrial('2026-11-22T12:00:00.000Z', power)])
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
  const trials = [
    powerTrial('2026-11-23T12:00:00.000Z', [powerAt(0.05, [1], [1])]),
    powerTrial('2026-11-22T12:00:00.000Z', [powerAt(0.05, [0], [0])]),
  ]
  expect(proofCharts(trials)[0]?.table.rows).toEqual([
    ['2 %', '100 %'],
    ['5 %', '100 %'],
  ])
})

test('nothing is drawn where nothing was proved', () => {
  expect(proofCharts([])).toEqual([])
  expect(proofCharts([powerTrial('2026-11-22T12:00:00.000Z', [])])).toEqual([])
})
