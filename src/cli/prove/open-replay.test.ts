import { expect, test } from 'vitest'
import type { BudgetFile } from '../../helpers/budgets/budget-file.ts'
import { measurementOf } from '../../helpers/budgets/test-measurement.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { isTunedOn, missingIn, runsOf } from './open-replay.ts'

const entryOf = (client: string): Entry => ({ measurement: { ...measurementOf(), client }, verdicts: [] })

test('a record of tuning holds several runs: what comes again is of the next', () => {
  const entries = ['a', 'b', 'a', 'b', 'a'].map(entryOf)
  const clients = runsOf({ entries }).map((run) => run.map(({ client }) => client))
  expect(clients).toEqual([['a', 'b'], ['a', 'b'], ['a']])
})

test('budgets may be tuned on every run that began by the day of the tuning', () => {
  const file = { tuned: { date: '2026-11-22' } } as BudgetFile
  expect(isTunedOn({ startedAt: '2026-11-21T09:00:00.000Z' }, file)).toBe(true)
  expect(isTunedOn({ startedAt: '2026-11-22T23:59:59.000Z' }, file)).toBe(true)
  expect(isTunedOn({ startedAt: '2026-11-23T00:00:00.000Z' }, file)).toBe(false)
})

test('what the file has and no run holds is counted by name; exact counts and the solo check are no such budgets', () => {
  const tuned = { expected: 1, scatter: 0.01, replicates: 18 }
  const entries = { reference: tuned, solo: tuned, totals: { buffers: tuned }, requestBytes: { expected: 90 } }
  const file = { clients: { axios: { 'small-4': entries, 'small-64': entries } } } as unknown as BudgetFile
  const known = new Set(['small-4', 'small-64'].map((scenario) => `axios ${scenario}: throughput against reference`))
  expect(missingIn(file, known)).toEqual({ 'buffer bytes against reference': 2 })
})
