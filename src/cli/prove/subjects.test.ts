import { expect, test } from 'vitest'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { statedSubjects } from './subjects.ts'

const stated: StatedThresholds = { reference: { tolerates: '1.5 %', catches: '5 %' }, against: new Map() }
const subjectsOf = (all: Readonly<Record<string, StatedThresholds>>) =>
  statedSubjects(new Map(Object.entries(all)), { budgets: budgetFileOf() })

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
