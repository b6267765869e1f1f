import { expect, test } from 'vitest'
import { measurementOf } from '../../helpers/budgets/test-measurement.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { runsOf } from './open-replay.ts'

const entryOf = (client: string): Entry => ({ measurement: { ...measurementOf(), client }, verdicts: [] })

test('a record of tuning holds several runs: what comes again is of the next', () => {
  const entries = ['a', 'b', 'a', 'b', 'a'].map(entryOf)
  const clients = runsOf({ entries }).map((run) => run.map(({ client }) => client))
  expect(clients).toEqual([['a', 'b'], ['a', 'b'], ['a']])
})
