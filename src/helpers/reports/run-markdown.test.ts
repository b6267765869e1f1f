import { describe, expect, test } from 'vitest'
import { judgeAgainstReference } from '../budgets/reference-throughput.ts'
import {
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
} from '../budgets/test-measurement.ts'
import type { Entry } from '../session/entry.ts'
import { runMarkdown } from './run-markdown.ts'
import { hostileNamesFrom } from './test-hostile.ts'

function entryAt(share: number): Entry {
  const replicates = [1, 2, 3, 4, 5, 6].map(() => replicateOf(share))
  const measurement = measurementOf({ pair: pairOf({ replicates, solo: [soloOf(share), soloOf(share)] }) })
  const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
  return { measurement, verdicts: [judgeAgainstReference(measurement, thresholds, judgingBy())] }
}

const markdownOf = (entries: readonly Entry[]) => runMarkdown([{ machine: 'tuned', entries }], [])

test('what did not pass comes first, then the tables', () => {
  const [head, table = '', ...rest] = markdownOf([entryAt(0.85)]).split('\n\n')
  expect(head).toMatch(/^### wiregauge: <code>1 measurement&#44;|^### wiregauge: <code>1 measurement, 1 budget/)
  expect(table.split('\n')[0]).toBe('| verdict | of | budget | measured | tolerates | why |')
  expect(table.split('\n')[2]).toMatch(
    /^\| \*\*regressed\*\* \| <code>axios small-4<\/code> \| <code>throughput against reference<\/code> \| <code>0\.850 /,
  )
  expect(rest.join('\n\n')).toContain('small-4, equalised')
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
  expect(runMarkdown(results, []).match(/^#### <code>(one|two)<\/code>: /gm)).toHaveLength(2)
})

test('what was left out is told', () => {
  expect(runMarkdown([], [{ file: 'a.json', reason: 'is none' }])).toContain(
    '- left out: <code>a.json</code> <code>is none</code>',
  )
})

describe('names stay text', () => {
  test.each(hostileNamesFrom(2, 10))('%j', (name) => {
    const { measurement, verdicts } = entryAt(0.85)
    const hostile = {
      measurement: { ...measurement, client: name },
      verdicts: verdicts.map((each) => ({ ...each, client: name })),
    }
    const text = runMarkdown([{ machine: name, entries: [hostile] }], [{ file: name, reason: name }])
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?^\1$/gm, '')
    expect(outside).not.toMatch(/<(?!\/?code>|wbr>)/)
    expect(outside.split('\n').filter((line) => line.startsWith('| **'))).toHaveLength(1)
  })
})
