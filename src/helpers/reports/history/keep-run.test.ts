import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { measurementOf } from '../../budgets/test-measurement.ts'
import { newRunRecord } from '../run-record.ts'
import { historyFolder, keepIn, keepRun } from './keep-run.ts'

let reports: string
let said: string[]

beforeEach(() => {
  reports = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-history-'))
  said = []
})
afterEach(() => rmSync(reports, { recursive: true }))

const entries = [{ measurement: measurementOf(), verdicts: [] }]
const keep = (startedAt: string, most = 10, held = entries) =>
  keepRun(
    { ...newRunRecord(7), startedAt, pid: 1, entries: held },
    { reports, keep: most, say: (message) => said.push(message) },
  )
const kept = () => readdirSync(historyFolder(reports)).sort()

test('a run is kept by its beginning and its content', () => {
  keep('2026-11-22T13:00:00.000Z')
  expect(kept()).toEqual([expect.stringMatching(/^2026-11-22T13-00-00\.000Z-[0-9a-f]{12}\.json$/)])
})

test('the same run twice is one file', () => {
  keep('2026-11-22T13:00:00.000Z')
  keep('2026-11-22T13:00:00.000Z')
  expect(kept()).toHaveLength(1)
})

test('the oldest go when there are more than asked for, and nothing that is no run', () => {
  mkdirSync(historyFolder(reports))
  writeFileSync(path.join(historyFolder(reports), 'a-note.json'), '')
  keep('2026-11-22T15:00:00.000Z')
  keep('2026-11-22T13:00:00.000Z')
  keep('2026-11-22T14:00:00.000Z', 2)
  expect(kept()).toEqual([
    expect.stringContaining('2026-11-22T14'),
    expect.stringContaining('2026-11-22T15'),
    'a-note.json',
  ])
})

test('a run that measured nothing leaves nothing', () => {
  keep('2026-11-22T13:00:00.000Z', 10, [])
  expect(readdirSync(reports)).toEqual([])
})

test('what cannot be kept is said, and ends nothing', () => {
  writeFileSync(historyFolder(reports), 'no folder')
  keep('2026-11-22T13:00:00.000Z')
  expect(said).toEqual([expect.stringMatching(/history cannot keep this run: .*; the history goes without it$/)])
})

test.each([
  ['500', 500],
  ['1', 1],
  ['0', undefined],
  ['-3', undefined],
  ['1.5', undefined],
  ['', undefined],
])('%j runs are to be kept: %s', (text, runs) => {
  expect(keepIn(text)).toBe(runs)
})
