// @module-tag wide
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

/**
 * The outcome of a run that measures nothing, in a process where Vitest loads nothing: by default one that is given up
 * before its first measurement.
 */
async function outcomeOf(
  options: object,
  signal = 'AbortSignal.abort()',
): Promise<{ outcome: unknown; out: string; progress: readonly string[] }> {
  const program = `
    const { run } = await import(${JSON.stringify(new URL('./run.ts', import.meta.url).href)})
    const lines = []
    const progress = { live() {}, line: (text) => lines.push(text), end() {} }
    const surroundings = { root: process.cwd(), out: process.stderr, progress, signal: ${signal} }
    const outcome = await run([], ${JSON.stringify(options)}, surroundings).catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify({ outcome, lines }))`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
  })
  const { outcome, lines } = JSON.parse(stdout)
  return { outcome, out: stderr, progress: lines }
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

test.each(['folder', ''])('a record that cannot be written is wrong usage: %j', async (json) => {
  mkdirSync(path.join(root, 'folder'))
  const { outcome } = await outcomeOf({ json })
  expect(outcome).toMatchObject({ code: 'WIREGAUGE_USAGE', message: expect.stringContaining(`written to ${json}: it`) })
})

/** Over before the first measurement could begin. */
const noTime = 1e-9
const never = 'new AbortController().signal'

test('wide tests are left out where nothing asks for what they measure', async () => {
  const wide =
    "import { test } from 'vitest'\ntest('wide', { tags: ['wide'] }, () => Promise.reject(new Error('was run')))"
  writeFileSync(path.join(root, 'perf', 'axios.test.ts'), wide)
  const never = 'new AbortController().signal'
  const gate = await outcomeOf({}, never)
  expect(gate.progress).not.toContain('was run')
  expect(gate.progress).toContain('no spec measures what was asked for, so nothing was measured')
  expect((await outcomeOf({ scenario: 'small-4' }, never)).progress).toContain('was run')
})

test('what the cap leaves no time for fails with 3, and is told', async () => {
  const { outcome, progress } = await outcomeOf({ cap: noTime, seed: 7 }, never)
  expect(outcome).toBe(3)
  expect(progress).toEqual([
    'axios small-4 was not measured: the cap of 1e-9 s for the run was reached; raise it with WIREGAUGE_CAP_SECONDS or ' +
      '--cap, or measure less',
  ])
  const record = JSON.parse(readFileSync(path.join(root, 'reports', 'latest.json'), 'utf8'))
  expect(record).toMatchObject({ state: 'complete', exitCode: 3, entries: [] })
})

test('a cap that was given ends what no spec measures as well, with its tables and exit code', async () => {
  const { outcome, progress, out } = await outcomeOf({ cap: noTime, all: true, seed: 7 }, never)
  expect(outcome).toBe(3)
  expect(progress.map((line) => line.split(' was ')[0])).toEqual(['axios small-4', 'http sequential'])
  expect(out).toContain('seed 7, results in')
})

test('a test that fails for another reason does not keep the others from running', async () => {
  const broken = "import { test } from 'vitest'\ntest('broken', () => Promise.reject(new Error('broken')))"
  writeFileSync(path.join(root, 'perf', 'broken.test.ts'), broken)
  const { outcome, progress } = await outcomeOf({ cap: noTime }, never)
  expect(outcome).toBe(1)
  expect(progress).toEqual([expect.stringContaining('axios small-4 was not measured'), 'broken'])
})

test('a test that does not await is wrong usage, and does not keep the others from running', async () => {
  const imports = spec.slice(0, spec.indexOf('test('))
  const forgetful = `${imports}
    import { expect } from 'vitest'
    test('measures', () => { measure(axios, smallJson({ inFlight: 4 })) })
    test('expects', () => { expect(undefined).toCost({ connections: 4 }) })`
  writeFileSync(path.join(root, 'perf', 'forgetful.test.ts'), forgetful)
  const { outcome, progress } = await outcomeOf({ cap: noTime }, never)
  expect(outcome).toBe(2)
  const advice = 'write `await` before every `measure` and `expect`'
  expect(progress).toEqual([
    expect.stringContaining('axios small-4 was not measured'),
    `the test did not await measure(…); ${advice}`,
    `the test did not await expect(…).toCost(…); ${advice}`,
  ])
})

test.each([
  ['WIREGAUGE_CAP_SECONDS', String(1e-6), 3],
  ['WIREGAUGE_STRICT', 'yes', "WIREGAUGE_STRICT is \"yes\"; expected '1', '0' or nothing"],
])('%s counts as under Vitest', async (variable, value, expected) => {
  vi.stubEnv(variable, value)
  const { outcome } = await outcomeOf({}, never)
  expect(outcome).toEqual(typeof expected === 'number' ? expected : { code: 'WIREGAUGE_USAGE', message: expected })
})

test('WIREGAUGE_SEED is the seed, unless another one is given', async () => {
  vi.stubEnv('WIREGAUGE_SEED', '7')
  expect((await outcomeOf({})).out).toContain('seed 7, ')
  expect((await outcomeOf({ seed: 8 })).out).toContain('seed 8, ')
})

test('streaks that cannot be left are told, and end nothing', async () => {
  mkdirSync(path.join(root, 'reports', 'inconclusive.json'), { recursive: true })
  const { outcome, progress } = await outcomeOf({ cap: noTime }, never)
  expect(outcome).toBe(3)
  expect(progress.at(-1)).toContain(`inconclusive.json cannot be written: it is a folder`)
})

test('streaks of budgets are left for the next run', async () => {
  await outcomeOf({ cap: noTime }, never)
  const file = JSON.parse(readFileSync(path.join(root, 'reports', 'inconclusive.json'), 'utf8'))
  expect(file).toEqual({ schemaVersion: 1, tuned: '2026-11-22', streaks: {} })
})
