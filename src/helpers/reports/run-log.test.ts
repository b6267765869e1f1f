import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { invalidMeasurement, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { measuredLine, RunLog } from './run-log.ts'
import type { RunRecord } from './run-record.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

let logs = 0
/** A log of two files in a folder of its own that does not exist yet. */
function newLog() {
  const files = ['latest.json', 'more/result.json'].map((name) => path.join(folder, String(logs), name))
  logs++
  const log = new RunLog(files, 42)
  const records = () => files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as RunRecord)
  return { log, files, records }
}

const measurement = measurementOf()
const verdict = judgePerSecond(measurement, 800, judgingBy())

test('a record that begins is in every file, and runs', () => {
  for (const record of newLog().records()) expect(record).toMatchObject({ state: 'running', seed: 42, entries: [] })
})

test.each(['taken', 'taken/', 'new/', 'latest.json/below'])('%s cannot be a record, and nothing is left', (name) => {
  const place = path.join(folder, String(logs++))
  mkdirSync(path.join(place, 'taken'), { recursive: true })
  writeFileSync(path.join(place, 'latest.json'), '')
  const file = `${place}/${name}`
  expect(() => new RunLog([file], 42)).toThrow(UsageError)
  expect(() => new RunLog([file], 42)).toThrow(`the record cannot be written to ${file}: `)
  expect(readdirSync(place).sort()).toEqual(['latest.json', 'taken'])
})

test('every measurement is in every file as soon as it is added', () => {
  const { log, records } = newLog()
  log.add(measurement)
  for (const record of records()) {
    expect(record).toMatchObject({
      schemaVersion: 1,
      state: 'running',
      seed: 42,
      flags: ['--experimental-import-meta-resolve', '--no-warnings'],
      machine: { node: process.versions.node },
      entries: [{ measurement, verdicts: [] }],
    })
    expect(record).not.toHaveProperty('exitCode')
  }
  log.add(invalidMeasurement(), [verdict])
  expect(records().map(({ entries }) => entries.length)).toEqual([2, 2])
})

test('verdicts come to the measurement that they are about', () => {
  const { log, records } = newLog()
  const other = measurementOf({ client: 'http' })
  log.add(measurement)
  log.add(other)
  log.judge(measurement, verdict)
  log.close('complete', 0)
  expect(log.verdicts).toEqual([verdict])
  expect(log.entries.map(({ verdicts }) => verdicts.length)).toEqual([1, 0])
  expect(records()[0]?.entries[0]?.verdicts).toEqual([verdict])
})

test.each([
  ['complete', 1],
  ['partial', 0],
] as const)('closing notes that the record is %s, with end and exit code', (state, exitCode) => {
  const { log, records } = newLog()
  log.add(measurement)
  log.close(state, exitCode)
  for (const record of records()) {
    expect(record).toMatchObject({ state, exitCode, entries: [{ measurement }] })
    expect(Date.parse(record.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(record.startedAt))
  }
})

test('files are written whole: nothing but them is left in their folders', () => {
  const { log, files } = newLog()
  log.add(measurement)
  log.close('complete', 0)
  expect(files.map((file) => readdirSync(path.dirname(file)))).toEqual([['latest.json', 'more'], ['result.json']])
})

test('what is printed ends with the seed and where the results are', () => {
  const { log, files } = newLog()
  const out = new PassThrough({ encoding: 'utf8' })
  log.print(out)
  const [first, second] = files.map((file) => path.relative(process.cwd(), file))
  expect(out.read()).toBe(`seed 42, results in ${first} and ${second}\n`)
  log.add(measurement, [verdict])
  log.print(out)
  const printed = String(out.read())
  expect(printed.startsWith('\nsmall-4, equalised\n┌')).toBe(true)
  expect(printed).toContain('\n\n1 measurement, 1 budget: 1 pass, ')
})

test('a measurement has a line when it has been made', () => {
  expect(measuredLine(measurement)).toBe('axios small-4 is measured (14.2 s)')
  expect(measuredLine(invalidMeasurement('axios: hung'))).toBe('axios small-4 is invalid: axios: hung (14.2 s)')
})
