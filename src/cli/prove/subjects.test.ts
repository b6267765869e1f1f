import { expect, test } from 'vitest'
import type { BudgetFile } from '../../helpers/budgets/budget-file.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { type Effort, gateEffort } from '../../helpers/measure/effort.ts'
import { statedSubjects } from './subjects.ts'

const stated: StatedThresholds = { reference: { tolerates: '1.5 %', catches: '5 %' }, against: new Map() }
const subjectsOf = (
  all: Readonly<Record<string, StatedThresholds>>,
  { effort = gateEffort, budgets = budgetFileOf() }: { effort?: Effort; budgets?: BudgetFile } = {},
) => statedSubjects(new Map(Object.entries(all)), { budgets, effort })

test('subjects are clients of a package with a budget against the reference', () => {
  const found = subjectsOf({
    'axios small-4': stated,
    'http small-4': stated,
    'axios small-64': { against: new Map() },
    'own-client small-4': stated,
    'axios own-scenario': stated,
  })
  expect(found.map(({ client, scenario }) => `${client.name} ${scenario.name}`)).toEqual(['axios small-4'])
})

test('other thresholds are another decision', () => {
  const [one] = subjectsOf({ 'axios small-4': stated })
  const [other] = subjectsOf({ 'axios small-4': { ...stated, reference: { tolerates: '2 %', catches: '5 %' } } })
  expect(one?.judgedBy).not.toBe(other?.judgedBy)
})

test('another effort is another decision, and so are other error rates, which all budgets of the file share', () => {
  const budgets = budgetFileOf()
  const [axios] = Object.values(budgets.clients)
  const efforts = [gateEffort, { ...gateEffort, pair: { ...gateEffort.pair, looks: [3, 5] } }]
  const files = [budgets, { ...budgets, clients: { ...budgets.clients, another: axios ?? {} } }]
  const digests = efforts.flatMap((effort) =>
    files.map((file) => subjectsOf({ 'axios small-4': stated }, { effort, budgets: file })[0]?.judgedBy),
  )
  expect(new Set(digests).size).toBe(4)
})
