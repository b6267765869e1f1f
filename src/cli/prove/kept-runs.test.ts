import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepRun, keptRuns, readRecord } from './kept-runs.ts'

let reports: string
let latest: string

beforeEach(() => {
  reports = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-runs-'))
  latest = path.join(reports, 'latest.json')
})
afterEach(() => rmSync(reports, { recursive: true }))

function run(startedAt: string): void {
  writeFileSync(latest, JSON.stringify({ startedAt, entries: [] }))
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

test.each(['{"startedAt":', '{"entries": []}'])('what is no record is wrong usage: %s', (text) => {
  writeFileSync(latest, text)
  expect(() => readRecord(latest)).toThrow(
    expect.objectContaining({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(latest) }),
  )
})
