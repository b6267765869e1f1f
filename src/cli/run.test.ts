import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { budgetFileOf } from '../helpers/budgets/test-measurement.ts'

let root: string
const spec = `
  import { test } from 'vitest'
  import { axios, measure, smallJson } from ${JSON.stringify(new URL('../helpers/index.ts', import.meta.url).href)}
  test('axios', () => measure(axios, smallJson({ inFlight: 4 })))`

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-run-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgetFileOf()))
  writeFileSync(path.join(root, 'perf', 'axios.test.ts'), spec)
})
afterEach(() => rmSync(root, { recursive: true }))

/** The outcome of a run that is given up before its first measurement, in a process where Vitest loads nothing. */
async function outcomeOf(options: object): Promise<{ outcome: unknown; out: string }> {
  const program = `
    const { run } = await import(${JSON.stringify(new URL('./run.ts', import.meta.url).href)})
    const progress = { live() {}, line() {}, end() {} }
    const surroundings = { root: process.cwd(), out: process.stderr, progress, signal: AbortSignal.abort() }
    const outcome = await run([], ${JSON.stringify(options)}, surroundings).catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify(outcome))`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
  })
  return { outcome: JSON.parse(stdout), out: stderr }
}

test.each([{}, { all: true }])('a run that was given up ends with 130 and a partial record (%j)', async (options) => {
  const { outcome, out } = await outcomeOf({ ...options, seed: 7 })
  expect(outcome).toBe(130)
  expect(out).toBe(`seed 7, results in ${path.join('reports', 'latest.json')}\n`)
  const record = JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8'))
  expect(record).toMatchObject({ state: 'partial', exitCode: 130, seed: 7, entries: [] })
})

test('a wrong command leaves the record of the run before', async () => {
  const { outcome } = await outcomeOf({ scenario: 'small-5' })
  expect(outcome).toMatchObject({ code: 'WIREGAUGE_USAGE' })
  expect(existsSync(path.join(root, 'reports'))).toBe(false)
})

test('a record that cannot be written is wrong usage', async () => {
  mkdirSync(path.join(root, 'folder'))
  const { outcome } = await outcomeOf({ json: 'folder' })
  expect(outcome).toMatchObject({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining('folder') })
})
