import { describe, expect, test } from 'vitest'
import { invalidMeasurement } from '../budgets/test-measurement.ts'
import type { Entry } from '../session/entry.ts'
import { nothingLacks } from './lacks.ts'
import { runMarkdown } from './run-markdown.ts'
import { entryAt, entryOf } from './test-entry.ts'
import { hostileNamesFrom } from './test-hostile.ts'

const markdownOf = (entries: readonly Entry[], lacks = nothingLacks) =>
  runMarkdown({ results: [{ machine: 'tuned', entries }], leftOut: [], lacks })

test('what did not pass comes first, then the tables', () => {
  const [head, table = '', ...rest] = markdownOf([entryAt(0.85)]).split('\n\n')
  expect(head).toMatch(/^### wiregauge: <code>1 measurement&#44;|^### wiregauge: <code>1 measurement, 1 budget/)
  expect(table.split('\n')[0]).toBe('| verdict | of | budget | measured | tolerates | why |')
  expect(table.split('\n')[2]).toMatch(
    /^\| \*\*regressed\*\* \| <code>axios small-4<\/code> \| <code>throughput against reference<\/code> \| <code>0\.850 /,
  )
  expect(rest.join('\n\n')).toContain('small-4, equalised')
})

test('what a result lacks stands before everything else', () => {
  const lacks = {
    missing: ['budgets for fetch small-64, which was not measured'],
    cut: ['the run of today is partial'],
  }
  const [head, lacking] = markdownOf([entryAt(1)], lacks).split('\n\n')
  expect(head).toMatch(/^### wiregauge, not whole: <code>1 measurement, 1 budget/)
  expect(lacking).toBe(
    [
      '- **not whole**: <code>budgets for fetch small-64, which was not measured</code>',
      '- **not whole**: <code>the run of today is partial</code>',
    ].join('\n'),
  )
})

test('where everything passed there are the tables alone', () => {
  expect(markdownOf([entryAt(1)])).not.toContain('| verdict |')
})

test('what is invalid is told with its reason, judged or not', () => {
  expect(markdownOf([{ measurement: invalidMeasurement('hung'), verdicts: [] }])).toContain(
    '| **invalid** | <code>axios small-4</code> | – | – | – | <code>hung</code> |',
  )
})

test('every machine has its part where there are several', () => {
  const results = ['one', 'two'].map((machine) => ({ machine, entries: [entryAt(1)] }))
  expect(
    runMarkdown({ results, leftOut: [], lacks: nothingLacks }).match(/^#### <code>(one|two)<\/code>: /gm),
  ).toHaveLength(2)
})

test('what was left out is told', () => {
  const leftOut = [{ file: 'a.json', reason: 'is none' }]
  expect(runMarkdown({ results: [], leftOut, lacks: nothingLacks })).toContain(
    '- left out: <code>a.json</code> <code>is none</code>',
  )
})

describe('names stay text', () => {
  test.each(hostileNamesFrom(2, 10))('%j', (name) => {
    const text = runMarkdown({
      results: [{ machine: name, entries: [entryOf(name, entryAt(0.85))] }],
      leftOut: [{ file: name, reason: name }],
      lacks: { missing: [name], cut: [] },
    })
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?^\1$/gm, '')
    expect(outside).not.toMatch(/<(?!\/?code>|wbr>)/)
    expect(outside.split('\n').filter((line) => line.startsWith('| **'))).toHaveLength(1)
  })
})
