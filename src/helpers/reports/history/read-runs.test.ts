import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { measurementOf } from '../../budgets/test-measurement.ts'
import { newRunRecord, type RunRecord } from '../run-record.ts'
import { filesOf, readRuns } from './read-runs.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-read-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function file(name: string, content: unknown): string {
  const place = path.join(root, name)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content))
  return place
}

const run = (startedAt: string, changes: object = {}) => ({ ...newRunRecord(7), startedAt, ...changes })
const startOf = ({ startedAt }: { startedAt: string }) => startedAt

describe('files', () => {
  test('are what is named, what lies below a folder, and what a glob matches, each once', () => {
    const [one, two] = [file('history/2026/one.json', ''), file('history/two.json', '')]
    file('history/two.html', '')
    expect(filesOf(['history'], root).toSorted()).toEqual([one, two])
    expect(filesOf(['history/**', 'history/two.json', 'history/*.json'], root)).toContain(one)
    expect(filesOf(['history/two.json', 'history/*.json'], root)).toEqual([two])
  })

  test('that are nowhere are wrong usage', () => {
    expect(() => filesOf(['nothing/*.json'], root)).toThrow(
      expect.objectContaining({
        code: 'WIREGAUGE_USAGE',
        message: 'nothing/*.json names no file; expected result files such as reports/history/**',
      }),
    )
  })
})

describe('runs', () => {
  test('are read in the order in which they began, whatever the files are called', () => {
    const files = [file('a.json', run('2026-11-23T12:00:00.000Z')), file('b.json', run('2026-11-22T12:00:00.000Z'))]
    expect(readRuns(files, startOf)).toEqual({
      runs: ['2026-11-22T12:00:00.000Z', '2026-11-23T12:00:00.000Z'],
      leftOut: [],
    })
  })

  test('that cannot be used are told, each with its reason, and the others are read', () => {
    const cut = file('cut.json', '{"startedAt":')
    const other = file('proof.json', { schemaVersion: 1, collections: [] })
    const old = file('old.json', run('2026-01-01T00:00:00.000Z', { schemaVersion: 1 }))
    const good = file('good.json', run('2026-11-22T12:00:00.000Z'))
    expect(readRuns([cut, other, old, good], startOf)).toEqual({
      runs: ['2026-11-22T12:00:00.000Z'],
      leftOut: [
        { file: cut, reason: expect.stringMatching(/^cannot be read: /) },
        { file: other, reason: 'is no record of a run' },
        { file: old, reason: 'has schema version 1, and this wiregauge reads 2' },
      ],
    })
  })

  test('that break what reads them are told', () => {
    const edited = file('edited.json', run('2026-11-22T12:00:00.000Z'))
    const fail = () => {
      throw new TypeError('pair.replicates is not iterable')
    }
    expect(readRuns([edited], fail)).toEqual({
      runs: [],
      leftOut: [{ file: edited, reason: 'is a record that cannot be used: pair.replicates is not iterable' }],
    })
  })

  test('of shards that began at the same moment are two', () => {
    const shard = (client: string) =>
      run('2026-11-22T12:00:00.000Z', { pid: 1, entries: [{ measurement: measurementOf({ client }), verdicts: [] }] })
    const files = [file('one.json', shard('axios')), file('two.json', shard('http'))]
    expect(readRuns(files, startOf).runs).toHaveLength(2)
  })

  test('come with raw batch times only where these are asked for', () => {
    const entries = [{ measurement: measurementOf(), verdicts: [] }]
    const files = [file('run.json', run('2026-11-22T12:00:00.000Z', { entries }))]
    const batchTimes = (record: RunRecord) => {
      const [pair] = record.entries.map(({ measurement }) => 'pair' in measurement && measurement.pair)
      return pair && pair.state === 'measured' ? pair.replicates[0]?.blocks.arms[0]?.batchUs : undefined
    }
    expect(readRuns(files, batchTimes).runs).toEqual([[]])
    expect(readRuns(files, batchTimes, { batchTimes: true }).runs).toEqual([[500]])
  })

  test('that are there twice count once', () => {
    const record = run('2026-11-22T12:00:00.000Z')
    const [latest, copy] = [file('latest.json', record), file('copy.json', record)]
    expect(readRuns([latest, copy], startOf)).toEqual({
      runs: ['2026-11-22T12:00:00.000Z'],
      leftOut: [{ file: copy, reason: 'is the same run as latest.json', isCopy: true }],
    })
  })
})
