import { expect, test } from 'vitest'
import type { RecordedBudget } from '../../helpers/budgets/replay.ts'
import { measurementOf } from '../../helpers/budgets/test-measurement.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { runsOf, wholeRuns } from './open-replay.ts'

const entryOf = (client: string): Entry => ({ measurement: { ...measurementOf(), client }, verdicts: [] })

test('a record of tuning holds several runs: what comes again is of the next', () => {
  const entries = ['a', 'b', 'a', 'b', 'a'].map(entryOf)
  const clients = runsOf({ entries }).map((run) => run.map(({ client }) => client))
  expect(clients).toEqual([['a', 'b'], ['a', 'b'], ['a']])
})

test('a run that measured a few pairs only has fewer chances of a false red, and is not drawn from', () => {
  const runOf = (budgets: number) => ({ budgets: new Array<RecordedBudget>(budgets) })
  const [full, early, few] = [runOf(100), runOf(97), runOf(20)]
  expect(wholeRuns([full, few, early])).toEqual([full, early])
  expect(wholeRuns([runOf(0)])).toEqual([])
})
