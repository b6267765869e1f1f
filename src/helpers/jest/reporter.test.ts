import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { budgetFileOf, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { reportTest, runVariable } from '../runner/run-at-hand.ts'
import WiregaugeReporter from './reporter.ts'

let root: string
let listeners: Map<string, () => void>

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-jest-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'axios.test.mjs'), '')
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgetFileOf()))
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
  rmSync(root, { recursive: true })
})

interface Results {
  readonly failed?: number
  readonly loading?: unknown
  readonly testNamePattern?: string
}

/** The exit code of a run of Jest. @param own What its own listener has set it to before. */
function exitCodeOf({ failed = 0, loading, ...config }: Results, own: 0 | 1 = 1): unknown {
  const reporter = new WiregaugeReporter({ rootDir: root, ...config })
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
    testResults: [{ testFilePath: path.join(root, 'perf', 'axios.test.mjs'), testExecError: loading }],
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
  expect(existsSync(path.join(root, 'reports', 'latest.json'))).toBe(true)
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
