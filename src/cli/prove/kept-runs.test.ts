import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newRunRecord } from '../../helpers/reports/run-record.ts'
import { keepRun, keptRuns, readRecord } from './kept-runs.ts'

let reports: string
let latest: string

beforeEach(() => {
  reports = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-runs-'))
  latest = path.join(reports, 'latest.json')
})
afterEach(() => rmSync(reports, { recursive: true }))

function run(startedAt: string): void {
  writeFileSync(latest, JSON.stringify({ ...newRunRecord(7), startedAt }))
}

test('records are kept by their beginning, and read the oldest first', () => {
  run('2026-11-22T13:00:00.000Z')
  expect(keepRun(reports, latest)).toBe(path.join(reports, 'runs', '2026-11-22T13-00-00.000Z.json'))
  run('2026-11-22T12:00:00.000Z')
  keepRun(reports, latest)
  expect(keptRuns(reports).map(({ startedAt }) => startedAt)).toEqual([
    '2026-11-22T12:00:00.000Z',
    '2026-11-22T13:00:00.000Z',
  ])
})

test('without any there are none', () => {
  expect(keptRuns(reports)).toEqual([])
})

const broken = (changes: object) => JSON.stringify({ ...newRunRecord(7), ...changes })
test.each([
  '{"startedAt":',
  '{"entries": []}',
  broken({ machine: null }),
  broken({ entries: [null] }),
  broken({ entries: [{ measurement: {}, verdicts: [] }] }),
  broken({ entries: [{ measurement: { client: 'axios', scenario: 'small-4', state: 'completed' }, verdicts: [] }] }),
  broken({ entries: [{ measurement: { client: 'axios', scenario: 'small-4', state: 'invalid' } }] }),
])('what is no record is wrong usage: %s', (text) => {
  writeFileSync(latest, text)
  expect(() => readRecord(latest)).toThrow(
    expect.objectContaining({
      code: 'WIREGAUGE_USAGE',
      message: expect.stringMatching(/latest\.json .*; if it is damaged, move it away$/),
    }),
  )
})
