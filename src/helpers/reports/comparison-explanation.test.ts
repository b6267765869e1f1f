import { expect, test } from 'vitest'
import type { Explanation } from './comparison.ts'
import { explanationNotes, explanationTables } from './comparison-explanation.ts'
import { comparisonOf } from './test-comparison.ts'

const nothing: Explanation = { fresh: [], time: [], allocation: [], exact: [], files: [] }
const perRequest = { base: 0, head: 2 }

/** The functions of the first table. */
function rowsOf(changes: Partial<Explanation>) {
  return explanationTables(comparisonOf({ explanation: { ...nothing, ...changes } }))[0]?.rows
}

test('nothing is said without an explanation', () => {
  expect(explanationNotes(comparisonOf())).toEqual([])
  expect(explanationTables(comparisonOf())).toEqual([])
})

test('it says when no function grew', () => {
  const grown = { name: 'send', package: 'toy', head: 'a.js:1', perRequest }
  const none = 'no function grew beyond the scatter of the samples'
  expect(explanationNotes(comparisonOf({ explanation: nothing }))).toEqual([
    `self time: ${none}`,
    `allocation: ${none}`,
  ])
  expect(explanationNotes(comparisonOf({ explanation: { ...nothing, time: [grown] } }))).toEqual([
    `allocation: ${none}`,
  ])
})

test('waiting is said in words', () => {
  const noteOf = (waiting: Explanation['waiting']) =>
    explanationNotes(comparisonOf({ explanation: { ...nothing, ...(waiting && { waiting }) } }))[0]
  const rest =
    'that a request takes longer pass with nothing to do, for a timer, an immediate or the other end; no code is at work then'
  expect(noteOf({ idle: { base: 13.6, head: 940.6 }, whole: { base: 50, head: 1_010 } })).toBe(
    `it waits: 927 of the 960 µs ${rest}`,
  )
  expect(noteOf({ idle: { base: 10, head: 110 }, whole: { base: 60, head: 150 } })).toBe(`it waits: +100 µs ${rest}`)
})

test('what is new in the head has a table of its own', () => {
  const fresh = [{ name: 'wait', package: 'toy', head: 'a.js:7', time: 0.125, allocation: 1_200 }]
  expect(explanationTables(comparisonOf({ explanation: { ...nothing, fresh } }))).toEqual([
    {
      title: 'new in head, and run',
      head: ['function', 'package', 'in head', 'µs per request', 'bytes per request'],
      rows: [['wait', 'toy', 'a.js:7', '0.13', '1,200']],
    },
  ])
})

test.each([
  ['what comes with Node', { package: '', head: 'node:events:7' }, ['node', 'no sample', 'node:events:7']],
  ['what V8 does itself', { package: '' }, ['', '', '']],
  ['a function of a package', { package: 'toy', base: 'a.js:3', head: 'a.js:7' }, ['toy', 'a.js:3', 'a.js:7']],
  ['a new function', { package: 'toy', head: 'a.js:7', isNew: true as const }, ['toy', 'absent', 'a.js:7']],
])('%s has its package and its place on either side', (_, where, cells) => {
  expect(rowsOf({ time: [{ name: 'any', ...where, perRequest }] })).toEqual([['any', ...cells, '0.00', '2.00', '+2']])
})
