import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { budgetFileOf, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { notesVariable, runOfFile } from '../reports/run-notes.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { reportTest, runAtHand } from '../runner/run-at-hand.ts'
import { type TestFolder, testFolder } from '../trees/test-folder.ts'
import WiregaugeReporter from './reporter.ts'

let project: TestFolder
let listeners: Map<string, () => void>

beforeEach(() => {
  project = testFolder()
  project.write('perf/axios.test.mjs', '')
  project.write('perf/budgets.json', budgetFileOf())
  listeners = new Map()
  const note = (event: string | symbol, listener: () => void): NodeJS.Process => {
    listeners.set(String(event), listener)
    return process
  }
  vi.spyOn(process, 'on').mockImplementation(note)
  vi.spyOn(process, 'once').mockImplementation(note)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  delete process.env[notesVariable]
  project[Symbol.dispose]()
})

/** A file of a project of Jest, and how its tests end. */
interface TestFile {
  /** Root of its project, from that of Jest. Default: the same. */
  readonly root?: string
  /** From the root of its project. Default: its spec. */
  readonly file?: string
  /** Of the budget of its measurement. Default: it passes. */
  readonly state?: Verdict['state']
  /** What a test of it has thrown, instead of measuring. */
  readonly thrown?: unknown
  readonly failed?: number
  readonly loading?: unknown
}

/** The exit code of a run of Jest. @param own What its own listener has set it to before. */
function exitCodeOf(files: readonly TestFile[], own: 0 | 1 = 1): unknown {
  const reporter = new WiregaugeReporter({})
  reporter.onRunStart()
  const testResults = files.map(({ root = '.', file = 'perf/axios.test.mjs', failed = 0, state = 'pass', ...how }) => {
    const rootDir = path.join(project.root, root)
    const testFilePath = path.join(rootDir, file)
    reporter.onTestFileStart({ path: testFilePath, context: { config: { rootDir } } })
    const measurement = measurementOf()
    const verdict = { ...judgePerSecond(measurement, 800, judgingBy()), state, treeChanged: true }
    const entries = how.thrown === undefined ? [{ measurement, verdicts: [verdict] }] : []
    const failures = how.thrown === undefined ? [] : [how.thrown]
    if (how.loading === undefined) reportTest({ entries, failures }, runOfFile(testFilePath))
    reporter.onTestCaseResult()
    return { testFilePath, numFailingTests: failed, testExecError: how.loading }
  })
  reporter.onRunComplete([], { wasInterrupted: false, testResults })
  const { exitCode } = process
  try {
    process.exitCode = own
    listeners.get('beforeExit')?.()
    listeners.get('exit')?.()
    return process.exitCode
  } finally {
    process.exitCode = exitCode
  }
}

test("the exit code of the run is set after Jest's own", () => {
  expect(exitCodeOf([{ failed: 1 }])).toBe(1)
  expect(exitCodeOf([{ loading: new UsageError('no such scenario') }])).toBe(2)
})

test('a run that passes its budgets ends as Jest says, which may have failed by a threshold of coverage', () => {
  expect(exitCodeOf([{}], 0)).toBe(0)
  expect(exitCodeOf([{}], 1)).toBe(1)
})

test('results are written as they come', () => {
  exitCodeOf([{}])
  expect(existsSync(path.join(project.root, 'reports', 'latest.json'))).toBe(true)
  expect(process.stderr.write).toHaveBeenCalledWith('wiregauge: axios small-4 is measured (14.2 s)\n')
  expect(process.stdout.write).toHaveBeenCalledWith(expect.stringContaining('small-4, equalised'))
})

test('that Jest cannot load ES modules is told, and how it can', () => {
  exitCodeOf([{ loading: new Error('Must use import to load ES Module') }])
  expect(process.stderr.write).toHaveBeenCalledWith(
    'wiregauge: Jest loads ES modules, as wiregauge is one, only when Node is started with --experimental-vm-modules: ' +
      '`NODE_OPTIONS=--experimental-vm-modules npx jest`\n',
  )
})

describe('of several projects', () => {
  const one = { root: 'packages/one' }
  const other = { root: 'packages/other' }
  beforeEach(() => {
    for (const { root } of [one, other]) {
      project.write(`${root}/perf/axios.test.mjs`, '')
      project.write(`${root}/perf/budgets.json`, budgetFileOf())
    }
  })

  /** What stands in the record of a project. */
  const recordOf = ({ root }: { readonly root: string }): RunRecord =>
    JSON.parse(readFileSync(path.join(project.root, root, 'reports', 'latest.json'), 'utf8')) as RunRecord

  test('each has its own record, and they share the seed', () => {
    expect(exitCodeOf([one, { ...other, state: 'inconclusive', failed: 1 }])).toBe(3)
    expect(recordOf(one)).toMatchObject({ state: 'complete', exitCode: 0 })
    expect(recordOf(other)).toMatchObject({ state: 'complete', exitCode: 3, seed: recordOf(one).seed })
    expect(recordOf(one).entries).toHaveLength(1)
    expect(existsSync(path.join(project.root, 'reports'))).toBe(false)
  })

  test.each<[string, number, TestFile[]]>([
    [
      'a regression beside inconclusive',
      1,
      [
        { ...one, state: 'inconclusive', failed: 1 },
        { ...other, state: 'regressed', failed: 1 },
      ],
    ],
    [
      'wrong usage beside a regression',
      2,
      [
        { ...one, state: 'regressed', failed: 1 },
        { ...other, thrown: new UsageError('there is no budget file'), failed: 1 },
      ],
    ],
    [
      'wrong usage outside of all specs',
      2,
      [one, { file: 'test/wrong.test.mjs', thrown: new UsageError('no'), failed: 1 }],
    ],
    [
      'a failure in a project without budgets',
      1,
      [
        { ...one, state: 'inconclusive', failed: 1 },
        { root: 'unit', file: 'a.test.mjs', thrown: new Error('expected 1 to be 2'), failed: 1 },
      ],
    ],
  ])('%s gives the whole the exit code %d', (_, exitCode, files) => {
    expect(exitCodeOf(files)).toBe(exitCode)
  })

  test('the tests of each know the budgets of their own root', () => {
    const reporter = new WiregaugeReporter({})
    reporter.onRunStart()
    const roots = [one, other].map(({ root }) => {
      const rootDir = path.join(project.root, root)
      const file = path.join(rootDir, 'perf/axios.test.mjs')
      reporter.onTestFileStart({ path: file, context: { config: { rootDir } } })
      return runAtHand('wiregauge/jest/reporter', runOfFile(file)).root
    })
    expect(roots).toEqual([one, other].map(({ root }) => path.join(project.root, root)))
  })
})
