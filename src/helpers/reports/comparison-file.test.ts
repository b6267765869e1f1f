import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readComparison } from './comparison-file.ts'
import { comparisonOf, passOf, reportNamed, reportOf } from './test-comparison.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-comparison-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(text: string): string {
  const file = path.join(folder, 'comparison.json')
  writeFileSync(file, text)
  return file
}

test.each([
  ['with verdicts', reportOf([comparisonOf(), passOf('fetch')])],
  ['with an explanation', reportNamed('<b>')],
  ['of nothing', reportOf([])],
])('a report %s is read as it was written', (_, report) => {
  expect(readComparison(written(JSON.stringify(report)))).toEqual(report)
})

test.each([
  ['not JSON', '{', /cannot be read/],
  ['another kind', JSON.stringify({ ...reportOf([]), kind: 'run' }), /\/kind must be equal to constant/],
  ['text for a number', JSON.stringify(reportOf([])).replace('0.009', '"<b>"'), /\/noise must be number/],
  ['too long', ' '.repeat(10_000_001), /expected at most 10000000/],
])('what is %s is refused', (_, text, message) => {
  const read = () => readComparison(written(text))
  expect(read).toThrow(expect.objectContaining({ code: 'WIREGAUGE_USAGE', message: expect.stringMatching(message) }))
})
