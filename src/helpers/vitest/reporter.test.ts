import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { budgetFileOf, invalidMeasurement, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { thisMachine } from '../measure/machine.ts'
import type { RunRecord } from '../reports/run-record.ts'
import type { Entry } from '../session/entry.ts'
import type { RunOrigin } from './origin.ts'
import WiregaugeReporter from './reporter.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-reporter-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'axios.test.ts'), '')
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgetFileOf()))
  // The reporter sets the exit code of its process when that ends, which here is the process of the test.
  vi.spyOn(process, 'on').mockReturnValue(process)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true })
})

const setupFile = fileURLToPath(new URL('./setup.ts', import.meta.url))

/** Vitest as it was called; by default for the one spec of its one project, which has budgets. */
interface FakeVitest {
  readonly specs?: readonly string[]
  /** Files that it found, whether or not they run. */
  readonly found?: readonly string[]
  readonly setupFiles?: readonly string[]
  readonly namePattern?: RegExp
  readonly shard?: { readonly index: number; readonly count: number }
  /** Folder of the blobs that are merged. */
  readonly mergeReports?: string
}

/** A reporter at the start of a run, with its streams and what it writes. */
async function reporterOf(fake: FakeVitest = {}) {
  const {
    specs = ['perf/axios.test.ts'],
    found = specs,
    setupFiles = [setupFile],
    namePattern,
    shard,
    mergeReports,
  } = fake
  const [out, progress] = [new PassThrough({ encoding: 'utf8' }), new PassThrough({ encoding: 'utf8' })]
  const reporter = new WiregaugeReporter({ out, progress })
  const project = { name: 'gate', config: { root, setupFiles } }
  const specificationOf = (spec: string) => ({ moduleId: path.join(root, spec), project }) as TestSpecification
  const onCancel: ((reason: string) => void)[] = []
  const vitest = {
    config: { root, shard, mergeReports },
    onCancel: (listener: (reason: string) => void) => onCancel.push(listener),
    projects: [project],
    getGlobalTestNamePattern: () => namePattern,
    globTestSpecifications: async () => found.map(specificationOf),
  }
  const start = async (): Promise<void> => {
    await reporter.onTestRunStart(specs.map(specificationOf))
    onCancel.length = 0
    for (const _ of specs) reporter.onTestModuleQueued()
  }
  reporter.onInit(vitest as unknown as Vitest)
  await start()
  return {
    read: () => ({ out: String(out.read() ?? ''), progress: String(progress.read() ?? '') }),
    /** Vitest forgets who wants to know of it when a run starts, and asks anew only then. */
    cancel: (reason: string) => {
      for (const listener of onCancel) listener(reason)
    },
    /** Starts the next run, as watch mode does. */
    rerun: start,
    /** Has Vitest begin anew, with another reporter, as watch mode does when its configuration changes. */
    restart: () => reporter.onServerRestart(),
    finish: (test: TestCase) => reporter.onTestCaseResult(test),
    merge: async () => {
      const modules = specs.map((spec) => ({ project, relativeModuleId: spec, errors: () => [] }))
      await reporter.onTestRunEnd(modules as unknown as TestModule[], [], 'passed')
    },
    end: (reason = 'passed') => {
      const modules = specs.map((spec) => ({ moduleId: path.join(root, spec), errors: () => [] }))
      reporter.onTestRunEnd(modules as unknown as TestModule[], [], reason)
      return JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8')) as RunRecord
    },
  }
}

interface FakeTest {
  readonly entries?: readonly Entry[]
  readonly errors?: readonly { readonly message: string; readonly code?: string }[]
  /** Undefined for a test of a project without budgets. */
  readonly context?: { readonly strict: boolean; readonly keep?: number } | undefined
  readonly skipped?: boolean
  /** Whether it passed when it was tried again. */
  readonly flaky?: boolean
  readonly name?: string
  /** Of the run that measured it, where blobs are merged. */
  readonly origin?: RunOrigin
}

function testOf({
  entries = [],
  errors = [],
  context = { strict: false },
  skipped = false,
  flaky = false,
  name = 'small-4',
  origin,
}: FakeTest): TestCase {
  const state = errors.length === 0 || flaky ? 'passed' : 'failed'
  const options = { root, seed: 42, keep: 10, ...context }
  const fake = {
    result: () => ({ state: skipped ? 'skipped' : state, errors }),
    meta: () => ({ wiregauge: entries, wiregaugeRun: origin }),
    id: name,
    fullName: name,
    module: { relativeModuleId: 'perf/axios.test.ts' },
    project: { name: 'gate', getProvidedContext: () => (context === undefined ? {} : { wiregauge: options }) },
  }
  return fake as unknown as TestCase
}

const measurement = measurementOf()
const verdict = judgePerSecond(measurement, 800, judgingBy())
const entryWith = (changes: Partial<Verdict>): Entry => ({ measurement, verdicts: [{ ...verdict, ...changes }] })
const other = (): Entry => ({ measurement: measurementOf({ scenario: 'post-10k' }), verdicts: [verdict] })
const blind = { state: 'inconclusive', blind: true } as const
const broken = { message: 'is regressed' }
const capReached = { message: 'was not measured', code: 'WIREGAUGE_CAP' }

test('a measurement has its line and is in the record when its test has ended; the tables come last', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  expect(read()).toEqual({ out: '', progress: 'wiregauge: axios small-4 is measured (14.2 s)\n' })
  expect(end()).toMatchObject({ state: 'complete', exitCode: 0, seed: 42, entries: [{ measurement }] })
  const { out, progress } = read()
  expect(out).toMatch(/^\nsmall-4, equalised\n┌.*\nseed 42, results in .*latest\.json\n$/s)
  expect(progress).toBe('')
})

test.each<[string, number, FakeTest]>([
  ['a broken budget', 1, { entries: [entryWith({ state: 'regressed' })], errors: [{ message: 'is regressed' }] }],
  ['an ordinary assertion', 1, { entries: [entryWith({})], errors: [{ message: 'expected 1 to be 2' }] }],
  ['wrong usage', 2, { entries: [entryWith({})], errors: [{ message: 'missing', code: 'WIREGAUGE_USAGE' }] }],
  ['an invalid measurement', 4, { entries: [entryWith({ state: 'invalid' })], errors: [{ message: 'is invalid' }] }],
  ['an invalid measurement that nobody judged', 4, { entries: [{ measurement: invalidMeasurement(), verdicts: [] }] }],
  ['inconclusive where the tree changed', 3, { entries: [entryWith({ state: 'inconclusive', treeChanged: true })] }],
  ['inconclusive where nothing changed', 0, { entries: [entryWith({ state: 'inconclusive', treeChanged: false })] }],
  ['a blind budget where nothing changed', 3, { entries: [entryWith({ ...blind, treeChanged: false })] }],
  ['a measurement that the cap left out', 3, { entries: [entryWith({})], errors: [capReached] }],
  ['a broken budget beside one', 1, { entries: [entryWith({ state: 'regressed' })], errors: [broken, capReached] }],
  ['a red between the same files', 0, { entries: [entryWith({ state: 'regressed', sameFiles: true })] }],
])('%s gives the run the exit code %d', async (_, exitCode, fake) => {
  const { finish, end } = await reporterOf()
  finish(testOf(fake))
  expect(end().exitCode).toBe(exitCode)
})

test.each([
  ['an assertion', { message: 'expected 1 to be 2' }],
  ['wrong usage', { message: 'missing', code: 'WIREGAUGE_USAGE' }],
  ['the cap', capReached],
])('a test elsewhere that passes when it is tried again has not failed by %s', async (_, error) => {
  const { finish, end } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  finish(testOf({ context: undefined, errors: [error], flaky: true }))
  expect(end().exitCode).toBe(0)
})

test('a record that cannot be written is told once and gives 2; the tables are there all the same', async () => {
  const { finish, end, read } = await reporterOf()
  const latest = path.join(root, 'reports', 'latest.json')
  mkdirSync(latest, { recursive: true })
  finish(testOf({ entries: [entryWith({})] }))
  expect(read().progress).toBe(
    `wiregauge: the record cannot be written to ${latest}: it is a folder\nwiregauge: axios small-4 is measured (14.2 s)\n`,
  )
  expect(() => end()).toThrow('EISDIR')
  const { out, progress } = read()
  expect(out).toContain('small-4, equalised')
  expect(progress).toBe('')
  const { exitCode } = process
  try {
    for (const [, atExit] of vi.mocked(process.on).mock.calls) atExit(0)
    expect(process.exitCode).toBe(2)
  } finally {
    process.exitCode = exitCode
  }
})

test('a strict run stays strict when tests without budgets end after it', async () => {
  const { finish, end } = await reporterOf()
  finish(testOf({ entries: [entryWith({ state: 'inconclusive', treeChanged: false })], context: { strict: true } }))
  finish(testOf({ context: undefined }))
  expect(end().exitCode).toBe(3)
})

test('an interrupted run leaves a record that is marked partial, and does not count as inconclusive once more', async () => {
  const { finish, end } = await reporterOf()
  finish(testOf({ entries: [entryWith({ state: 'inconclusive', treeChanged: false })] }))
  expect(end('interrupted')).toMatchObject({ state: 'partial', exitCode: 130, entries: [{ measurement }] })
  expect(existsSync(path.join(root, 'reports', 'inconclusive.json'))).toBe(false)
})

test.each<[string, number, FakeTest]>([
  ['inconclusive', 3, { entries: [entryWith({ state: 'inconclusive', treeChanged: true })], errors: [broken] }],
  ['a regression', 1, { entries: [entryWith({ state: 'regressed' })], errors: [broken] }],
  ['wrong usage', 2, { entries: [entryWith({})], errors: [{ message: 'missing', code: 'WIREGAUGE_USAGE' }] }],
  ['an ordinary assertion elsewhere', 1, { entries: [entryWith({})], errors: [broken], context: undefined }],
])('a run that bails at %s has the exit code %d of it, and not all that was to be measured', async (_, code, fake) => {
  const { finish, end, cancel } = await reporterOf()
  finish(testOf({ entries: [other()] }))
  finish(testOf(fake))
  cancel('test-failure')
  expect(end('interrupted')).toMatchObject({ state: 'partial', exitCode: code })
  expect(existsSync(path.join(root, 'reports', 'inconclusive.json'))).toBe(false)
})

test('a run that bails before it has measured anything fails by what it bailed at', async () => {
  const { finish, end, cancel, read } = await reporterOf()
  finish(testOf({ context: undefined, errors: [broken] }))
  cancel('test-failure')
  expect(() => end('interrupted')).toThrow('ENOENT')
  expect(read().progress).toBe('')
  expect(exitCodeAtEnd()).toBe(1)
})

test.each([
  ['by its user', ['keyboard-input']],
  ['by its user while it bails', ['test-failure', 'keyboard-input']],
  ['for a reason that nobody told', []],
])('a run that is cancelled %s was interrupted', async (_, reasons) => {
  const { finish, end, cancel } = await reporterOf()
  finish(testOf({ entries: [entryWith({ state: 'inconclusive', treeChanged: true })], errors: [broken] }))
  for (const reason of reasons) cancel(reason)
  expect(end('interrupted')).toMatchObject({ state: 'partial', exitCode: 130 })
})

test('a run after one that has bailed is whole again', async () => {
  const { finish, end, cancel, rerun } = await reporterOf()
  finish(testOf({ entries: [entryWith({ state: 'regressed' })], errors: [broken] }))
  cancel('test-failure')
  end('interrupted')
  await rerun()
  finish(testOf({ entries: [entryWith({})] }))
  expect(end()).toMatchObject({ state: 'complete', exitCode: 0 })
})

/** Has the reporter see the end of its process, and tells what is in its record then. */
function exit(code: number): RunRecord {
  for (const [event, listener] of vi.mocked(process.on).mock.calls) {
    if (event === 'exit') (listener as (code: number) => void)(code)
  }
  return JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8')) as RunRecord
}

test('a run that exits before its end leaves a record that is marked partial, and its tables', async () => {
  const { finish, read } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  expect(exit(130)).toMatchObject({ state: 'partial', exitCode: 130, entries: [{ measurement }] })
  expect(read().out).toMatch(/^\nsmall-4, equalised\n┌.*\nseed 42, results in .*latest\.json\n$/s)
})

test('a run that has ended stays complete when its process exits', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  end()
  read()
  const before = process.exitCode
  expect(exit(0)).toMatchObject({ state: 'complete', exitCode: 0 })
  expect(read().out).toBe('')
  process.exitCode = before
})

describe('where Vitest watches', () => {
  const wrong = { message: 'missing', code: 'WIREGAUGE_USAGE' }
  const repaired = (): Entry => ({ measurement: measurementOf({ seed: 43 }), verdicts: [verdict] })

  test.each<[string, FakeTest]>([
    ['wrong usage', { entries: [entryWith({})], errors: [wrong] }],
    ['an ordinary assertion', { entries: [entryWith({})], errors: [broken] }],
    ['the cap', { entries: [entryWith({})], errors: [capReached] }],
    ['what only a strict run fails by', { entries: [entryWith({})], errors: [broken], context: { strict: true } }],
  ])('a repaired run knows nothing more of %s in the one before', async (_, fake) => {
    const { finish, end, rerun, read } = await reporterOf()
    finish(testOf(fake))
    expect(end().exitCode).not.toBe(0)
    await rerun()
    read()
    const open = { state: 'inconclusive', treeChanged: false } as const
    finish(testOf({ entries: [{ ...repaired(), verdicts: [{ ...verdict, ...open }] }], context: { strict: false } }))
    const { entries, ...record } = end()
    expect(record).toMatchObject({ state: 'complete', exitCode: 0 })
    expect(entries.map(({ measurement }) => measurement.seed)).toEqual([43])
    expect(read().out).toContain('1 measurement, 1 budget')
    expect(exitCodeAtEnd()).toBe(0)
  })

  test('the last run decides how the process ends, by one listener for all of them', async () => {
    const { finish, end, rerun } = await reporterOf()
    for (const errors of [[], [wrong], [broken]]) {
      await rerun()
      finish(testOf({ entries: [entryWith({})], errors }))
      end()
    }
    expect(exitCodeAtEnd()).toBe(1)
    expect(process.on).toHaveBeenCalledTimes(1)
  })

  test('a run of a reporter whose place another one has taken decides nothing', async () => {
    const { finish, end, restart } = await reporterOf()
    finish(testOf({ errors: [wrong], entries: [entryWith({})] }))
    end()
    restart()
    expect(exitCodeAtEnd()).toBe(0)
  })
})

test('budgets that no spec of a whole run measured are told, and wrong usage', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ entries: [{ measurement: measurementOf({ scenario: 'post-10k' }), verdicts: [verdict] }] }))
  expect(end().exitCode).toBe(2)
  expect(read().progress).toContain('the budget file has budgets for axios small-4, which was not measured')
})

test('they are told also when something else failed, but not when that was wrong usage', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ entries: [other()], errors: [{ message: 'expected 1 to be 2' }] }))
  expect(end().exitCode).toBe(2)
  expect(read().progress).toContain('the budget file has budgets for axios small-4')
  const wrong = await reporterOf()
  wrong.finish(testOf({ entries: [other()], errors: [{ message: 'missing', code: 'WIREGAUGE_USAGE' }] }))
  expect(wrong.end().exitCode).toBe(2)
  expect(wrong.read().progress).not.toContain('the budget file')
})

test.each<[string, FakeVitest]>([
  ['names of tests', { namePattern: /axios/ }],
  ['some of the files', { found: ['perf/axios.test.ts', 'perf/undici.test.ts'] }],
])('a run of %s needs not measure every budget', async (_, fake) => {
  const { finish, end } = await reporterOf(fake)
  finish(testOf({ entries: [other()] }))
  expect(end().exitCode).toBe(0)
})

test('a whole run that finds no spec where there are some measured nothing', async () => {
  const { end, read } = await reporterOf({ specs: [] })
  expect(() => end()).toThrow('ENOENT')
  expect(read().progress).toBe('wiregauge: the run measured nothing\n')
  expect(exitCodeAtEnd()).toBe(2)
})

test('what the cap left out is neither lost nor wrong usage, though a whole run did not measure it', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ entries: [other()], errors: [capReached] }))
  expect(end().exitCode).toBe(3)
  expect(read().progress).toBe('wiregauge: axios post-10k is measured (14.2 s)\n')
})

test('a run whose cap left nothing to measure is inconclusive and writes no record', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ errors: [capReached] }))
  expect(() => end()).toThrow('ENOENT')
  expect(read().progress).toBe('')
  expect(exitCodeAtEnd()).toBe(3)
})

test('what it could not decide is left for the next run, and added up', async () => {
  const streaks = async (changes: Partial<Verdict>) => {
    const { finish, end } = await reporterOf()
    finish(testOf({ entries: [entryWith({ treeChanged: false, ...changes })] }))
    end()
    return JSON.parse(readFileSync(path.join(root, 'reports', 'inconclusive.json'), 'utf8')) as unknown
  }
  const name = 'axios small-4, throughput per second'
  const head = { schemaVersion: 1, tuned: '2026-11-22' }
  expect(await streaks({ state: 'inconclusive' })).toEqual({ ...head, streaks: { [name]: 1 } })
  expect(await streaks({ state: 'inconclusive' })).toEqual({ ...head, streaks: { [name]: 2 } })
  expect(await streaks({ state: 'pass' })).toEqual({ ...head, streaks: {} })
})

const kept = () => readdirSync(path.join(root, 'reports', 'history'))

test('a run is kept in the history, as its record has it', async () => {
  const { finish, end } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  const record = end()
  expect(kept()).toEqual([expect.stringMatching(/Z-[0-9a-f]{12}\.json$/)])
  const [name = ''] = kept()
  expect(JSON.parse(readFileSync(path.join(root, 'reports', 'history', name), 'utf8'))).toEqual(record)
})

test('a run that exits before its end is kept once, as far as it came', async () => {
  const { finish } = await reporterOf()
  finish(testOf({ entries: [entryWith({})] }))
  exit(130)
  exit(130)
  expect(kept()).toHaveLength(1)
})

test('of the history stays as much as was asked for', async () => {
  for (const _ of [1, 2, 3]) {
    const { finish, end } = await reporterOf()
    finish(testOf({ entries: [entryWith({})], context: { strict: false, keep: 2 } }))
    end()
    await setTimeout(2)
  }
  expect(kept()).toHaveLength(2)
})

/** One of three, of two files. */
const aShard: FakeVitest = {
  shard: { index: 1, count: 3 },
  found: ['perf/axios.test.ts', 'perf/undici.test.ts'],
}

test('a shard needs not measure every budget', async () => {
  const { finish, end } = await reporterOf(aShard)
  finish(testOf({ entries: [other()] }))
  expect(end().exitCode).toBe(0)
})

test('a shard of which a filter leaves out every test says so, and fails nothing', async () => {
  const { finish, end, read } = await reporterOf(aShard)
  finish(testOf({ skipped: true }))
  expect(() => end()).toThrow('ENOENT')
  expect(read().progress).toBe('wiregauge: no test of this shard was asked for, so that it measured nothing\n')
  expect(exitCodeAtEnd()).toBe(0)
})

test('a shard whose tests measured nothing failed to', async () => {
  const { finish, end, read } = await reporterOf(aShard)
  finish(testOf({ errors: [broken] }))
  expect(() => end()).toThrow('ENOENT')
  expect(read().progress).toBe('wiregauge: the run measured nothing\n')
})

test('a run that measured nothing says so and writes no record', async () => {
  const { finish, end, read } = await reporterOf()
  finish(testOf({ errors: [{ message: 'broken' }] }))
  expect(() => end()).toThrow('ENOENT')
  expect(read().progress).toBe('wiregauge: the run measured nothing\n')
  expect(exitCodeAtEnd()).toBe(2)
})

test.each<[string, FakeVitest]>([
  ['of other projects only', { setupFiles: [] }],
  ['of files that are no specs', { found: ['src/other.test.ts', 'perf/axios.test.ts'] }],
])('a run %s is none of its business', async (_, fake) => {
  const { end, read } = await reporterOf({ specs: ['src/other.test.ts'], ...fake })
  expect(() => end()).toThrow('ENOENT')
  expect(read()).toEqual({ out: '', progress: '' })
  expect(exitCodeAtEnd()).toBe(0)
})

const originOf = (changes: Partial<RunOrigin> = {}): RunOrigin => ({
  id: 'one',
  startedAt: '2026-11-22T12:00:00.000Z',
  seed: 1,
  strict: false,
  machine: { ...thisMachine({}), class: 'runner', declared: true },
  flags: [],
  shard: { index: 1, count: 2 },
  selected: false,
  tagged: false,
  ...changes,
})
const first = originOf()
const second = originOf({ id: 'two', seed: 2, shard: { index: 2, count: 2 } })
/** Of tests that were measured elsewhere nothing is provided here. */
const elsewhere = { context: undefined }

/** The exit code that the process would end with. */
function exitCodeAtEnd(): unknown {
  const { exitCode } = process
  try {
    process.exitCode = undefined
    for (const [, atExit] of vi.mocked(process.on).mock.calls) atExit(0)
    return process.exitCode ?? 0
  } finally {
    process.exitCode = exitCode
  }
}

describe('where the blobs of shards are merged', () => {
  const merging = { mergeReports: '.vitest/blob' }
  const record = () => JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8')) as RunRecord

  test('the one record is marked as a merge, and none is kept as if it was measured', async () => {
    const { finish, merge, read } = await reporterOf(merging)
    finish(testOf({ ...elsewhere, origin: first, entries: [entryWith({})] }))
    finish(testOf({ ...elsewhere, origin: second, name: 'other', entries: [entryWith({})] }))
    await merge()
    const runs = [first, second].map(({ seed, startedAt, shard }) => ({ seed, startedAt, shard }))
    expect(record()).toMatchObject({ state: 'complete', exitCode: 0, machine: { class: 'runner' }, merged: runs })
    expect(record().entries).toHaveLength(2)
    expect(readdirSync(path.join(root, 'reports'))).toEqual(['latest.json'])
    const { out, progress } = read()
    expect(out).toMatch(/\n2 runs merged, seed 1, 2\n$/)
    expect(progress).toMatch(/^wiregauge: the merged results are in .*latest\.json\n$/)
    expect(exitCodeAtEnd()).toBe(0)
  })

  test.each<[string, number, Partial<Verdict>, RunOrigin]>([
    ['a regression', 1, { state: 'regressed' }, first],
    ['an invalid one', 4, { state: 'invalid' }, first],
    ['inconclusive where nothing changed', 0, { state: 'inconclusive', treeChanged: false }, first],
    ['the same in a strict run', 3, { state: 'inconclusive', treeChanged: false }, originOf({ strict: true })],
  ])('%s gives the exit code %d', async (_, exitCode, changes, origin) => {
    const { finish, merge } = await reporterOf(merging)
    finish(testOf({ ...elsewhere, origin: second, name: 'other', entries: [entryWith({})] }))
    finish(testOf({ ...elsewhere, origin, entries: [entryWith(changes)] }))
    await merge()
    expect(exitCodeAtEnd()).toBe(exitCode)
    expect(record().exitCode).toBe(exitCode)
  })

  test.each<[string, number, Partial<RunOrigin>]>([
    ['is an error', 2, {}],
    ['is one under a filter by tags, too', 2, { tagged: true }],
    ['is none where files were chosen', 0, { selected: true }],
  ])('a spec file that no run had %s', async (_, exitCode, changes) => {
    const found = ['perf/axios.test.ts', 'perf/undici.test.ts']
    const { finish, merge, read } = await reporterOf({ ...merging, found })
    finish(testOf({ ...elsewhere, origin: originOf(changes), entries: [entryWith({})] }))
    await merge()
    expect(exitCodeAtEnd()).toBe(exitCode)
    expect(read().progress.includes('no merged run had perf/undici.test.ts; a shard is missing')).toBe(exitCode === 2)
  })

  test('a budget that no run measured is an error', async () => {
    const budgets = budgetFileOf()
    const clients = { ...budgets.clients, undici: budgets.clients['axios'] }
    writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify({ ...budgets, clients }))
    const { finish, merge, read } = await reporterOf(merging)
    finish(testOf({ ...elsewhere, origin: first, entries: [entryWith({})] }))
    await merge()
    expect(exitCodeAtEnd()).toBe(2)
    expect(read().progress).toContain('the budget file has budgets for undici small-4, which was not measured')
  })

  test('results of two machines are printed apart, and are no one record', async () => {
    const { finish, merge, read } = await reporterOf(merging)
    const other = originOf({ id: 'two', machine: { ...first.machine, class: 'laptop' } })
    for (const origin of [first, other]) finish(testOf({ ...elsewhere, origin, entries: [entryWith({})] }))
    await merge()
    const { out, progress } = read()
    expect(out).toMatch(/\nrunner, Node [\s\S]*\nlaptop, Node /)
    expect(progress).toBe('wiregauge: results of different machines are not written to one record\n')
    expect(() => record()).toThrow('ENOENT')
  })

  test('a blob that is there twice counts once', async () => {
    const { finish, merge, read } = await reporterOf(merging)
    for (const origin of [first, first]) finish(testOf({ ...elsewhere, origin, entries: [entryWith({})] }))
    await merge()
    expect(exitCodeAtEnd()).toBe(0)
    expect(record().entries).toHaveLength(1)
    expect(read().out).toContain('1 measurement, 1 budget: 1 pass')
  })

  const again = originOf({ id: 'again', startedAt: '2026-11-22T13:00:00.000Z', seed: 3 })
  const runs =
    'two runs, that of 2026-11-22T12:00:00.000Z (shard 1/2, seed 1) and that of 2026-11-22T13:00:00.000Z (shard 1/2, seed 3); ' +
    'remove the blobs of one of them\n'

  test.each([
    ['the same test', 'small-4', `wiregauge: "gate > perf/axios.test.ts > small-4" is in ${runs}`],
    ['the same shard', 'other', ''],
  ])('%s of two runs is an error that names both, and nothing is merged', async (_, name, told) => {
    const { finish, merge, read } = await reporterOf(merging)
    finish(testOf({ ...elsewhere, origin: first, entries: [entryWith({})] }))
    finish(testOf({ ...elsewhere, origin: again, name, entries: [entryWith({})] }))
    await merge()
    expect(exitCodeAtEnd()).toBe(2)
    expect(read()).toEqual({ out: '', progress: `${told}wiregauge: shard 1/2 of gate is in ${runs}` })
    expect(() => record()).toThrow('ENOENT')
  })

  test('runs that measured nothing are an error', async () => {
    const { finish, merge, read } = await reporterOf(merging)
    finish(testOf({ ...elsewhere, origin: first }))
    await merge()
    expect(exitCodeAtEnd()).toBe(2)
    expect(read().progress).toBe('wiregauge: the merged runs measured nothing\n')
  })
})
