import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { invalidMeasurement, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Entry } from '../session/entry.ts'
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
  log.save()
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
  expect(() => new RunLog([file], 42).save()).toThrow(UsageError)
  expect(() => new RunLog([file], 42).save()).toThrow(`the record cannot be written to ${file}: `)
  expect(readdirSync(place).sort()).toEqual(['latest.json', 'taken'])
})

test('what it follows is in every file whenever it is saved, as it is then', () => {
  const { log, records } = newLog()
  const entries: Entry[] = [{ measurement, verdicts: [] }]
  log.follow(() => entries)
  for (const record of records()) expect(record.entries).toEqual([])
  log.save()
  for (const record of records()) {
    expect(record).toMatchObject({
      schemaVersion: 2,
      state: 'running',
      seed: 42,
      flags: ['--experimental-import-meta-resolve', '--no-warnings'],
      machine: { node: process.versions.node },
      entries: [{ measurement, verdicts: [] }],
    })
    expect(record).not.toHaveProperty('exitCode')
  }
  entries[0] = { measurement, verdicts: [verdict] }
  entries.push({ measurement: invalidMeasurement(), verdicts: [] })
  log.save()
  for (const record of records()) expect(record.entries).toEqual(entries)
})

test('it holds what several tests measured, in the order in which they began', () => {
  const { log, records } = newLog()
  const [first, second]: [Entry[], Entry[]] = [[], []]
  log.follow(() => first)
  log.follow(() => second)
  second.push({ measurement: measurementOf({ client: 'http' }), verdicts: [] })
  first.push({ measurement, verdicts: [verdict] })
  expect(log.entries.map(({ measurement }) => measurement.client)).toEqual(['axios', 'http'])
  expect(log.verdicts).toEqual([verdict])
  log.close('complete', 0)
  expect(records()[0]?.entries).toEqual(log.entries)
})

test('what cannot be written any more is wrong usage, with the file; the others are written', () => {
  const { log, files, records } = newLog()
  const [first = '', second = ''] = files
  rmSync(first)
  mkdirSync(first)
  expect(() => log.close('complete', 0)).toThrow(
    new UsageError(`the record cannot be written to ${first}: it is a folder`),
  )
  expect(JSON.parse(readFileSync(second, 'utf8'))).toMatchObject({ state: 'complete' })
  expect(log.isOpen).toBe(false)
  expect(records).toThrow('EISDIR')
})

test('it is open until it is closed', () => {
  const { log } = newLog()
  expect(log.isOpen).toBe(true)
  log.close('complete', 0)
  expect(log.isOpen).toBe(false)
})

test.each([
  ['complete', 1],
  ['partial', 0],
] as const)('closing notes that the record is %s, with end and exit code', (state, exitCode) => {
  const { log, records } = newLog()
  log.follow(() => [{ measurement, verdicts: [] }])
  log.close(state, exitCode)
  for (const record of records()) {
    expect(record).toMatchObject({ state, exitCode, entries: [{ measurement }] })
    expect(Date.parse(record.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(record.startedAt))
  }
})

test('files are written whole: nothing but them is left in their folders', () => {
  const { log, files } = newLog()
  log.follow(() => [{ measurement, verdicts: [] }])
  log.close('complete', 0)
  expect(files.map((file) => readdirSync(path.dirname(file)))).toEqual([['latest.json', 'more'], ['result.json']])
})

test('what the Node of the run cannot tell is named', () => {
  const { node } = process.versions
  const printed = (version: string) => {
    Object.defineProperty(process.versions, 'node', { value: version, configurable: true })
    try {
      const { log } = newLog()
      log.follow(() => [{ measurement, verdicts: [] }])
      const texts: string[] = []
      log.print({ write: (text) => texts.push(text) })
      return texts.join('')
    } finally {
      Object.defineProperty(process.versions, 'node', { value: node, configurable: true })
    }
  }
  const line = 'allocated bytes: not measured, because Node 24.21.0 cannot tell them; 26 and newer can\n'
  expect(printed('24.21.0')).toContain(line)
  expect(printed('26.10.0')).not.toContain('allocated bytes: not measured')
})

test('what is printed ends with the seed and where the results are', () => {
  const { log, files } = newLog()
  const out = new PassThrough({ encoding: 'utf8' })
  log.print(out)
  const [first, second] = files.map((file) => path.relative(process.cwd(), file))
  expect(out.read()).toBe(`seed 42, results in ${first} and ${second}\n`)
  log.follow(() => [{ measurement, verdicts: [verdict] }])
  log.print(out)
  const printed = String(out.read())
  expect(printed.startsWith('\nsmall-4, equalised\n┌')).toBe(true)
  expect(printed).toContain('\n\n1 measurement, 1 budget: 1 pass, ')
})

test('a measurement has a line when it has been made', () => {
  expect(measuredLine(measurement)).toBe('axios small-4 is measured (14.2 s)')
  expect(measuredLine(invalidMeasurement('axios: hung'))).toBe('axios small-4 is invalid: axios: hung (14.2 s)')
})
