import { expect, test } from 'vitest'
import { budgetFileOf } from '../../src/helpers/budgets/test-measurement.ts'
import { problemsOfData } from './data.ts'

const workflow = `
name: gate
on: pull_request
permissions: { contents: read }
jobs:
  gate:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - run: npm ci
`
const budgets = { $schema: '../node_modules/wiregauge/budgets.schema.json', ...budgetFileOf() }

test.each([
  ['yaml', workflow],
  ['json', JSON.stringify(budgets)],
  ['json', '{ "scripts": {} }'],
  ['jsonc', '// A comment\n{ "one": "// none" }'],
  ['yaml', 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: gate }\nspec: {}'],
])('%s that is right has no problems', (kind, text) => {
  expect(problemsOfData({ kind, text })).toEqual([])
})

test.each([
  ['yaml', workflow.replace('permissions: { contents: read }\n', ''), 'permissions is missing'],
  ['yaml', workflow.replace(/@\w+ # /, '@'), 'job gate: actions/checkout@v4.2.2 is not pinned to a commit'],
  [
    'yaml',
    workflow.replace('run: npm ci', 'name: npm ci'),
    'job gate: a step has to have either uses or run: {"name":"npm ci"}',
  ],
  ['yaml', workflow.replace('    runs-on: ubuntu-24.04\n', ''), 'job gate: runs-on is missing'],
  ['yaml', 'one: 1', 'this is none of a workflow, '],
  ['yaml', 'one: 1\none: 2', 'Map keys must be unique'],
  ['json', '{ "one": 1, }', 'JSON'],
  ['json', JSON.stringify({ ...budgets, schemaVersion: 7 }), '/schemaVersion must be equal to constant'],
])('%s is wrong: %s', (kind, text, problem) => {
  const [found, ...others] = problemsOfData({ kind, text })
  expect(found).toContain(problem)
  expect(others).toEqual([])
})
