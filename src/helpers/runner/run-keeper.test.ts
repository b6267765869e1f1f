import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { budgetFileOf, invalidMeasurement, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { CapReachedError } from '../session/cap-reached-error.ts'
import type { Entry } from '../session/entry.ts'
import { reportTest, runAtHand, runVariable } from './run-at-hand.ts'
import { type EndOfRun, RunKeeper } from './run-keeper.ts'

let root: string
let spec: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-keeper-'))
  spec = path.join(root, 'perf', 'axios.test.mjs')
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(spec, '')
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgetFileOf()))
  vi.stubEnv('WIREGAUGE_SEED', '42')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  delete process.env[runVariable]
  rmSync(root, { recursive: true })
})

/** A run that has begun, with what it writes. */
function begun() {
  const written = { out: '', progress: '' }
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text
    },
  })
  const keeper = new RunKeeper(root, { out: sink('out'), progress: sink('progress') })
  process.env[runVariable] = keeper.folder
  const end = (ended: Partial<EndOfRun> = {}) =>
    keeper.end({ files: [spec], filtered: false, failures: 0, interrupted: false, ...ended })
  return { keeper, written, end }
}

const record = () => JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8')) as RunRecord
const measurement = measurementOf()
const verdict = judgePerSecond(measurement, 800, judgingBy())
const entryWith = (changes: Partial<Verdict>): Entry => ({ measurement, verdicts: [{ ...verdict, ...changes }] })
const other = (): Entry => ({ measurement: measurementOf({ scenario: 'post-10k' }), verdicts: [verdict] })

test('a measurement has its line and is in the record when its test has ended; the tables come last', () => {
  const { keeper, written, end } = begun()
  reportTest({ entries: [entryWith({})], failures: [] })
  keeper.update()
  expect(written).toEqual({ out: '', progress: 'wiregauge: axios small-4 is measured (14.2 s)\n' })
  expect(record()).toMatchObject({ state: 'running', entries: [{ measurement }] })
  expect(end()).toBe(0)
  expect(record()).toMatchObject({ state: 'complete', exitCode: 0, seed: 42, entries: [{ measurement }] })
  expect(written.out).toMatch(/^\nsmall-4, equalised\n┌.*\nseed 42, results in .*latest\.json\n$/s)
  expect(readdirSync(path.join(root, 'reports', 'history'))).toHaveLength(1)
  expect(existsSync(path.join(root, 'reports', 'inconclusive.json'))).toBe(true)
})

test.each<[string, number, Entry[], unknown[], number]>([
  ['a broken budget', 1, [entryWith({ state: 'regressed' })], [], 1],
  ['an ordinary assertion', 1, [entryWith({})], [], 1],
  ['wrong usage', 2, [entryWith({})], [new UsageError('missing')], 1],
  ['wrong usage that the test caught', 0, [entryWith({})], [new UsageError('missing')], 0],
  ['an invalid measurement', 4, [{ measurement: invalidMeasurement(), verdicts: [] }], [], 1],
  ['inconclusive where the tree changed', 3, [entryWith({ state: 'inconclusive', treeChanged: true })], [], 1],
  ['inconclusive where nothing changed', 0, [entryWith({ state: 'inconclusive', treeChanged: false })], [], 0],
  ['a measurement that the cap left out', 3, [entryWith({})], [new CapReachedError('axios', 'post-10k', 600)], 1],
])('%s gives the run the exit code %d', (_, exitCode, entries, errors, failures) => {
  const { end } = begun()
  reportTest({ entries, failures: errors })
  expect(end({ failures })).toBe(exitCode)
})

test('a failure that no test of ours has reported is one of its own', () => {
  const { end } = begun()
  reportTest({ entries: [entryWith({ state: 'inconclusive', treeChanged: true })], failures: [] })
  expect(end({ failures: 2 })).toBe(1)
})

test('a file that could not be loaded for wrong usage gives 2', () => {
  const { end, written } = begun()
  expect(end({ failures: 1, loading: [new UsageError('no such scenario')] })).toBe(2)
  expect(written.progress).toBe('wiregauge: the run measured nothing\n')
})

test('budgets that no spec of a whole run measured are told, and wrong usage', () => {
  const { end, written } = begun()
  reportTest({ entries: [other()], failures: [] })
  expect(end()).toBe(2)
  expect(written.progress).toContain('the budget file has budgets for axios small-4, which was not measured')
})

test('a run of some specs, or of some tests by their names, needs not measure every budget', () => {
  const filtered = begun()
  reportTest({ entries: [other()], failures: [] })
  expect(filtered.end({ filtered: true })).toBe(0)
  writeFileSync(path.join(root, 'perf', 'undici.test.mjs'), '')
  const { end } = begun()
  reportTest({ entries: [other()], failures: [] })
  expect(end()).toBe(0)
})

test('a run of other tests is none of its business', () => {
  const { end, written } = begun()
  expect(end({ files: [path.join(root, 'src', 'other.test.mjs')], failures: 1 })).toBeUndefined()
  expect(written).toEqual({ out: '', progress: '' })
})

test('wrong usage gives 2 also in a test that is in no spec file', () => {
  const { end } = begun()
  reportTest({ entries: [], failures: [new UsageError('there is no budget file')] })
  expect(end({ files: [path.join(root, 'src', 'other.test.mjs')], failures: 1 })).toBe(2)
})

test('an interrupted run leaves a record that is marked partial', () => {
  const { end } = begun()
  reportTest({ entries: [entryWith({})], failures: [] })
  expect(end({ interrupted: true })).toBe(130)
  expect(record()).toMatchObject({ state: 'partial', exitCode: 130 })
})

test('a run that exits before its end leaves a record that is marked partial, and its tables', () => {
  const { keeper, written } = begun()
  reportTest({ entries: [entryWith({})], failures: [] })
  keeper.update()
  keeper.cutOff(130)
  expect(record()).toMatchObject({ state: 'partial', exitCode: 130, entries: [{ measurement }] })
  expect(written.out).toContain('small-4, equalised')
})

test('a record that cannot be written is told once and gives 2; the tables are there all the same', () => {
  const latest = path.join(root, 'reports', 'latest.json')
  mkdirSync(latest, { recursive: true })
  const { end, written } = begun()
  reportTest({ entries: [entryWith({})], failures: [] })
  expect(end()).toBe(2)
  expect(written.progress).toBe(
    `wiregauge: the record cannot be written to ${latest}: it is a folder\nwiregauge: axios small-4 is measured (14.2 s)\n`,
  )
  expect(written.out).toContain('small-4, equalised')
})

test('tests belong to the run of their reporter, and without one each process has a run of its own and says so', () => {
  const { end } = begun()
  expect(runAtHand('wiregauge/jest/reporter')).toMatchObject({ root, seed: 42, startFile: expect.any(String) })
  end()
  delete process.env[runVariable]
  const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const own = runAtHand('wiregauge/jest/reporter')
  expect(own).toMatchObject({ root: process.cwd(), seed: 42 })
  expect(own).not.toHaveProperty('startFile')
  expect(say).toHaveBeenCalledExactlyOnceWith(
    'wiregauge: the reporter wiregauge/jest/reporter is missing: tests fail as they should, but there are no tables, ' +
      "nothing is kept in reports/, and the exit code is the runner's\n",
  )
})
