import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { budgetFileOf, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { reportTest, runVariable } from '../runner/run-at-hand.ts'
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
  delete process.env[runVariable]
  project[Symbol.dispose]()
})

interface Results {
  readonly failed?: number
  readonly loading?: unknown
  readonly testNamePattern?: string
}

/** The exit code of a run of Jest. @param own What its own listener has set it to before. */
function exitCodeOf({ failed = 0, loading, ...config }: Results, own: 0 | 1 = 1): unknown {
  const reporter = new WiregaugeReporter({ rootDir: project.root, ...config })
  reporter.onRunStart()
  const measurement = measurementOf()
  if (loading === undefined) {
    reportTest({ entries: [{ measurement, verdicts: [judgePerSecond(measurement, 800, judgingBy())] }], failures: [] })
  }
  reporter.onTestCaseResult()
  reporter.onRunComplete([], {
    numFailedTests: failed,
    numRuntimeErrorTestSuites: loading === undefined ? 0 : 1,
    wasInterrupted: false,
    testResults: [{ testFilePath: path.join(project.root, 'perf', 'axios.test.mjs'), testExecError: loading }],
  })
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
  expect(exitCodeOf({ failed: 1 })).toBe(1)
  expect(exitCodeOf({ loading: new UsageError('no such scenario') })).toBe(2)
})

test('a run that passes its budgets ends as Jest says, which may have failed by a threshold of coverage', () => {
  expect(exitCodeOf({}, 0)).toBe(0)
  expect(exitCodeOf({}, 1)).toBe(1)
})

test('results are written as they come', () => {
  exitCodeOf({})
  expect(existsSync(path.join(project.root, 'reports', 'latest.json'))).toBe(true)
  expect(process.stderr.write).toHaveBeenCalledWith('wiregauge: axios small-4 is measured (14.2 s)\n')
  expect(process.stdout.write).toHaveBeenCalledWith(expect.stringContaining('small-4, equalised'))
})

test('that Jest cannot load ES modules is told, and how it can', () => {
  exitCodeOf({ loading: new Error('Must use import to load ES Module') })
  expect(process.stderr.write).toHaveBeenCalledWith(
    'wiregauge: Jest loads ES modules, as wiregauge is one, only when Node is started with --experimental-vm-modules: ' +
      '`NODE_OPTIONS=--experimental-vm-modules npx jest`\n',
  )
})
