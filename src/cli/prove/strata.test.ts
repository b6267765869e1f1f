import { expect, test } from 'vitest'
import type { RecordedBudget } from '../../helpers/budgets/recorded-run.ts'
import { supplements, wholeRuns } from './strata.ts'

function runOf(...budgets: readonly string[]): RecordedBudget[] {
  return budgets.map((budget) => ({
    client: 'axios',
    scenario: 'small-4',
    budget,
    evidence: 'pair',
    scale: 'cost',
    gains: [0],
    scatter: 0.01,
    limits: { tolerates: -0.1, catches: -0.2 },
    looks: [1, 2],
  }))
}

test('a run that measured a few pairs only has fewer chances of a false red, and is not drawn from', () => {
  const run = (budgets: number) => ({ budgets: new Array<RecordedBudget>(budgets) })
  const [full, early, few] = [run(100), run(97), run(20)]
  expect(wholeRuns([full, few, early])).toEqual([full, early])
  expect(wholeRuns([run(0)])).toEqual([])
})

test('budgets that were added later are drawn from the runs that hold them, each from one kind of run', () => {
  const whole = [runOf('a', 'b'), runOf('a', 'b')]
  const others = [runOf('a', 'c', 'd'), runOf('c', 'd'), runOf('c', 'e'), runOf('a')]
  expect(supplements(whole, others).map((runs) => runs.map((run) => run.map(({ budget }) => budget)))).toEqual([
    [
      ['c', 'd'],
      ['c', 'd'],
    ],
    [['e']],
  ])
  expect(supplements(whole, [runOf('a')])).toEqual([])
})
