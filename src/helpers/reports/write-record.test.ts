import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newRunRecord } from './run-record.ts'
import { writeRecord } from './write-record.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-record-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a record is one line of JSON, in folders that are made', () => {
  const file = path.join(folder, 'deep', 'down', 'latest.json')
  const record = newRunRecord(3)
  writeRecord(file, record)
  expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(record)}\n`)
})

test('anything that JSON can hold is a record', () => {
  const file = path.join(folder, 'other.json')
  writeRecord(file, { schemaVersion: 1, streaks: {} })
  expect(readFileSync(file, 'utf8')).toBe('{"schemaVersion":1,"streaks":{}}\n')
})

test('a record that cannot be written leaves the one before', () => {
  const file = path.join(folder, 'latest.json')
  writeFileSync(file, 'before')
  expect(() => writeRecord(file, { seed: 3n })).toThrow(TypeError)
  expect(readFileSync(file, 'utf8')).toBe('before')
})
