import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { latestFile } from './latest-file.ts'
import { newRunRecord } from './run-record.ts'

let reports: string
beforeEach(() => {
  reports = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-latest-'))
})
afterEach(() => rmSync(reports, { recursive: true }))

const running = newRunRecord(7)
const { pid: _, ...ofNobody } = running

test('a run that begins while another one is running writes a file of its own, and says so', () => {
  const latest = path.join(reports, 'latest.json')
  writeFileSync(latest, JSON.stringify({ ...running, pid: process.ppid }))
  const said: string[] = []
  const own = latestFile(reports, 42, (message) => said.push(message))
  expect(own).toBe(path.join(reports, 'latest-42.json'))
  const [theirs, ours] = [latest, own].map((file) => path.relative(process.cwd(), file))
  expect(said).toEqual([`process ${process.ppid} is running here and writes ${theirs}, so this run writes ${ours}`])
})

test.each<[string, string | undefined]>([
  ['nothing', undefined],
  ['no record', 'null'],
  ['half a record', '{"state":"running"'],
  ['the record of a run that has ended', JSON.stringify({ ...running, pid: process.ppid, state: 'complete' })],
  ['that of a run that was killed', JSON.stringify({ ...running, pid: spawnSync(process.execPath, ['-v']).pid })],
  ['one that does not tell whose it is', JSON.stringify(ofNobody)],
  ['an earlier one of this process', JSON.stringify(running)],
])('where there is %s it writes the latest', (_, text) => {
  if (text !== undefined) writeFileSync(path.join(reports, 'latest.json'), text)
  expect(latestFile(reports, 42, expect.unreachable)).toBe(path.join(reports, 'latest.json'))
})
