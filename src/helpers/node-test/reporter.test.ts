import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { measuringEnvironment } from '../measure/environment.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { type TestFolder, testFolder } from '../trees/test-folder.ts'

// Each run is two processes of Node, which a busy machine may let wait.
vi.setConfig({ testTimeout: 60_000 })

let project: TestFolder

beforeEach(() => {
  project = testFolder()
  project.write('perf/budgets.json', budgetFileOf())
})
afterEach(() => project[Symbol.dispose]())

/** What stands for a measurement is left as a test leaves it that has passed its budget. */
const measured = `
import { after, before, describe, it, test } from 'node:test'
import { judgingBy, measurementOf } from '${new URL('../budgets/test-measurement.ts', import.meta.url).href}'
import { judgePerSecond } from '${new URL('../budgets/throughput.ts', import.meta.url).href}'
import { reportTest } from '${new URL('../runner/run-at-hand.ts', import.meta.url).href}'

test('measures', () => {
  const measurement = measurementOf()
  reportTest({ entries: [{ measurement, verdicts: [judgePerSecond(measurement, 800, judgingBy())] }], failures: [] })
})
`

/** The exit code of `node --test` with our reporter. @param more What the spec holds besides a measurement. */
function exitCodeOf(more: string, words: readonly string[] = []): number | null {
  project.write('perf/axios.test.mjs', `${measured}\n${more}`)
  const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url))
  const options = { cwd: project.root, env: measuringEnvironment(process.env) }
  return spawnSync(process.execPath, ['--test', ...words, `--test-reporter=${reporter}`, 'perf/*.test.mjs'], options)
    .status
}

const readRecord = () =>
  JSON.parse(readFileSync(path.join(project.root, 'reports', 'latest.json'), 'utf8')) as RunRecord

test('a run that passes its budgets ends as Node says, which may have failed by a threshold of coverage', () => {
  const uncovered = 'function nobodyCallsIt() {\n  return 1\n}\n'
  expect(exitCodeOf(uncovered)).toBe(0)
  expect(exitCodeOf(uncovered, ['--experimental-test-coverage', '--test-coverage-lines=100'])).toBe(1)
})

test.each([
  ['whose body throws', "describe('suite', () => { throw new Error('broken') })"],
  [
    'whose last hook fails',
    "describe('suite', () => { after(() => { throw new Error('broken') }); it('is green', () => {}) })",
  ],
  [
    'whose first hook fails',
    "describe('suite', () => { before(() => { throw new Error('broken') }); it('is green', () => {}) })",
  ],
  ['with a red test', "describe('suite', () => it('is red', () => { throw new Error('broken') }))"],
])('a suite %s gives the run the exit code 1', (_, suite) => {
  expect(exitCodeOf(suite)).toBe(1)
  expect(readRecord()).toMatchObject({ state: 'complete', exitCode: 1 })
})

test('a suite that is to be written yet fails nothing', () => {
  expect(exitCodeOf("describe('suite', { todo: true }, () => it('is red', () => { throw new Error('broken') }))")).toBe(
    0,
  )
})
