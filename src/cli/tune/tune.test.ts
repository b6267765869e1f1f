// @module-tag wide
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BudgetFile, TunedScenario } from '../../helpers/budgets/budget-file.ts'
import { budgetFileOf, invalidMeasurement, loadOf } from '../../helpers/budgets/test-measurement.ts'
import { formattedJson } from '../../helpers/reports/edited-json.ts'
import { newRunRecord } from '../../helpers/reports/run-record.ts'
import { nullOf, recordOf } from './test-tuning.ts'

// Every outcome is that of a process of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-tune-'))
  mkdirSync(path.join(root, 'perf'))
  mkdirSync(path.join(root, 'reports'))
  spec("{ tolerates: '40 %', catches: '80 %' }")
  budgets()
})
afterEach(() => rmSync(root, { recursive: true }))

function spec(reach: string): void {
  const helpers = JSON.stringify(new URL('../../helpers/index.ts', import.meta.url).href)
  writeFileSync(
    path.join(root, 'perf', 'axios.test.ts'),
    `import { expect, test } from 'vitest'
import { axios, measure, smallJson } from ${helpers}

test('axios', async () => {
  const result = await measure(axios, smallJson({ inFlight: 4 }))
  await expect(result).toReach('http', ${reach})
  await expect(result).toCost({ requestBytes: 'unchanged' })
})
`,
  )
}

const file = () => path.join(root, 'perf', 'budgets.json')

/** The budget file of a machine; by default of this one, with what {@link runs} measure. */
function budgets(entries: TunedScenario = entriesOf(), machine = newRunRecord(1).machine.class): void {
  const content = budgetFileOf(entries)
  const tuned = { ...content.tuned, machine: { ...content.tuned.machine, class: machine }, node: process.versions.node }
  writeFileSync(file(), `${formattedJson({ ...content, tuned })}\n`)
}

function entriesOf(http: object = {}): TunedScenario {
  return {
    against: { http: { expected: 0.2, scatter: 0.09, replicates: 8, ...http } },
    requestBytes: { expected: 190 },
  }
}

const tuned = (): BudgetFile => JSON.parse(readFileSync(file(), 'utf8'))
const entries = () => tuned().clients['axios']?.['small-4']

/** Two runs in which axios made some 2,000 requests a second beside 10,000 of http, scattering as it is tuned. */
function runs(changes: Parameters<typeof recordOf>[1] = {}, name = 'run'): void {
  for (const [run, rates] of [
    [2_000, 2_040, 1_960, 2_000],
    [2_010, 1_990, 2_050, 1_950],
  ].entries()) {
    const load = rates.map((rate, seed) => ({ seed, clients: [loadOf('axios', rate), loadOf('http', 10_000)] }))
    const startedAt = `2026-11-2${run}T10:00:00.000Z`
    const record = recordOf([nullOf(undefined, { load, startedAt })], { startedAt, ...changes })
    writeFileSync(path.join(root, 'reports', `${name}-${run}.json`), JSON.stringify(record))
  }
}

/** What `wiregauge tune` comes to, in a process where Vitest loads nothing. */
async function outcomeOf(options: object, names: readonly string[] = []) {
  const program = `
    const { tune } = await import(${JSON.stringify(new URL('./tune.ts', import.meta.url).href)})
    const lines = []
    let out = ''
    const progress = { live() {}, line: (text) => lines.push(text), end() {} }
    const { signal } = new AbortController()
    const surroundings = { root: process.cwd(), out: { write: (text) => { out += text } }, progress, signal }
    const now = new Date('2026-11-23T12:00:00Z')
    const outcome = await tune(${JSON.stringify(names)}, ${JSON.stringify(options)}, surroundings, now)
      .catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify({ outcome, lines, out }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  return JSON.parse(stdout) as { outcome: unknown; lines: readonly string[]; out: string }
}

const from = ['reports/*.json']
const usage = (message: unknown) => ({ code: 'WIREGAUGE_USAGE', message })

test('what runs say is shown beside what the file has, and nothing is written', async () => {
  runs()
  const before = readFileSync(file(), 'utf8')
  const { outcome, out } = await outcomeOf({ from })
  expect(outcome).toBe(0)
  expect(out).toMatch(/│ axios +│ small-4 +│ throughput against http │ +0\.2 │ +40 % │ +80 % │ +0\.2 │ .*│ tighter │/)
  expect(out).toMatch(/│ request bytes +│ +190 │ +exactly │ +exactly │ +190 │ +exactly │ +exactly │ same +│/)
  expect(out).toContain('2 entries: 1 tighter, 1 same\nnothing is written without --write\n')
  expect(readFileSync(file(), 'utf8')).toBe(before)
})

test('tightening is free, and only what changes is written, with its provenance', async () => {
  runs()
  const before = readFileSync(file(), 'utf8')
  const { outcome, out } = await outcomeOf({ from, write: true })
  expect(outcome).toBe(0)
  expect(out).toContain('perf/budgets.json: entries written: 1, confirmed: 1\n')
  expect(tuned().tuned).toMatchObject({ date: '2026-11-21', runs: 2, packages: { axios: '1.21.1' } })
  expect(entries()).toMatchObject({ requestBytes: { expected: 190 }, tuned: { date: '2026-11-21', runs: 2 } })
  expect(entries()?.against?.['http']?.scatter).toBeLessThan(0.05)
  const after = readFileSync(file(), 'utf8').split('\n')
  const unchanged = before.split('\n').filter((line) => after.includes(line))
  expect(unchanged.length).toBeGreaterThan(before.split('\n').length - 8)
  expect(after.findIndex((line) => line.includes('"flags": ['))).toBeGreaterThan(0)
})

test('loosening needs a reason, without which nothing is written', async () => {
  budgets(entriesOf({ expected: 0.25, scatter: 0.004 }))
  runs()
  const before = readFileSync(file(), 'utf8')
  const refused = await outcomeOf({ from, write: true })
  expect(refused.outcome).toEqual(
    usage(
      expect.stringMatching(
        /^nothing is written: looser budgets need a --reason, which is stored with them:\n {2}axios small-4, throughput against http: expected 0\.25 → 0\.2, scatter/,
      ),
    ),
  )
  expect(readFileSync(file(), 'utf8')).toBe(before)
  expect((await outcomeOf({ from, write: true, reason: 'an older processor' })).outcome).toBe(0)
  expect(entries()?.loosened).toEqual([{ date: '2026-11-23', place: 'against/http', reason: 'an older processor' }])
})

test('what a spec promises beyond what can be shown is refused, with what it would take and the line to edit', async () => {
  spec("{ tolerates: '1 %', catches: '80 %' }")
  runs()
  const { outcome, out } = await outcomeOf({ from, write: true })
  expect(outcome).toBe(2)
  expect(out).toContain(
    'refused: axios small-4, throughput against http promises more than can be shown here; it would take ',
  )
  expect(out).toMatch(
    /edit perf\/axios\.test\.ts:6: \{ tolerates: '1 %', catches: '80 %' \} → \{ tolerates: '[\d.]+ %', catches: '80 %' \} \(/,
  )
  expect(out).toContain('perf/budgets.json: entries written: 0, confirmed: 1\n')
})

test('runs that are not learnt from are told with their reasons', async () => {
  runs()
  writeFileSync(
    path.join(root, 'reports', 'red.json'),
    JSON.stringify(recordOf([invalidMeasurement('it hung')], { seed: 8 })),
  )
  runs({ seed: 9, machine: { ...newRunRecord(1).machine, class: 'big' } }, 'other')
  const { outcome, lines, out } = await outcomeOf({ from })
  expect(outcome).toBe(0)
  expect(lines).toEqual([
    'left out: reports/red.json has an invalid measurement: axios small-4: it hung',
    `left out: 2 runs of big, Node ${process.versions.node}; --machine big tunes by them`,
  ])
  expect(out).toContain('2 entries')
})

test('without a run that can be learnt from there is nothing to propose', async () => {
  runs({ exitCode: 1 })
  expect((await outcomeOf({ from })).outcome).toEqual(
    usage('there is no run to tune by: of those that could be used (0) none measured anything of it'),
  )
})

test('a project without a budget file gets one, as biome formats it', async () => {
  rmSync(file())
  runs()
  expect((await outcomeOf({ from, write: true })).outcome).toBe(0)
  expect(Object.keys(tuned())).toEqual(['$schema', 'schemaVersion', 'tuned', 'clients'])
  const { $schema } = tuned() as { $schema?: string }
  expect(existsSync(path.resolve(path.dirname(file()), String($schema)))).toBe(true)
  expect(entries()).toMatchObject({ against: { http: { expected: 0.2, replicates: 8 } }, tuned: { runs: 2 } })
})

test('the branch that own code is compared with is written where it is named, and stays from then on', async () => {
  rmSync(file())
  runs()
  const reference = { base: 'main', build: 'npm run build' }
  expect((await outcomeOf({ from, write: true, ...reference })).outcome).toBe(0)
  expect(tuned().reference).toEqual(reference)
  runs({}, 'later')
  expect((await outcomeOf({ from, write: true })).outcome).toBe(0)
  expect(tuned().reference).toEqual(reference)
  expect((await outcomeOf({ from, build: 'npm run build' })).outcome).toEqual(
    usage('--build builds what own code is compared with; name the branch with --base'),
  )
})

test('only what has no entry is tuned where that is asked for', async () => {
  runs()
  expect((await outcomeOf({ from, missing: true })).outcome).toEqual(
    usage('every budget that a spec states has an entry; there is nothing to tune'),
  )
  const { requestBytes: _, ...others } = entriesOf()
  budgets(others)
  expect((await outcomeOf({ from, missing: true, write: true })).outcome).toBe(0)
  expect(entries()).toMatchObject(entriesOf())
  expect(tuned().tuned.date).toBe('2026-11-22')
})

test('a file that has changed meanwhile is not overwritten', async () => {
  runs()
  const module = JSON.stringify(new URL('./open-tuning.ts', import.meta.url).href)
  const writing = JSON.stringify(new URL('./write-tuned.ts', import.meta.url).href)
  const program = `
    import { appendFileSync } from 'node:fs'
    const { openTuning } = await import(${module})
    const { writeTuned } = await import(${writing})
    const asked = { names: [], missing: false, all: true, date: '2026-11-23' }
    const opened = await openTuning(asked, { root: process.cwd(), progress: { line() {} } })
    appendFileSync('perf/budgets.json', ' ')
    try {
      writeTuned(opened, { file: opened.file, proposals: [], lacking: [], packages: {}, runs: 1 })
    } catch ({ code, message }) {
      console.log(JSON.stringify({ code, message }))
    }`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  expect(JSON.parse(stdout)).toEqual(
    usage(
      'nothing is written: perf/budgets.json has changed since this tuning began; its runs are kept in reports/runs, and --from reads them',
    ),
  )
})

test('what is wide is measured only where it is asked for, and what files hold of it is read', async () => {
  const content = readFileSync(path.join(root, 'perf', 'axios.test.ts'), 'utf8')
  writeFileSync(path.join(root, 'perf', 'axios.test.ts'), `// @module-tag wide\n${content}`)
  runs()
  expect((await outcomeOf({ runs: 1 })).outcome).toEqual(
    usage('no spec of the gate states a budget that is tuned; --all tunes what wide specs state as well'),
  )
  expect((await outcomeOf({ from })).out).toContain('2 entries')
})

test('a part of a file that was tuned elsewhere is not tuned, and the whole is replaced', async () => {
  budgets(entriesOf(), 'big')
  runs()
  expect((await outcomeOf({ from, missing: true })).outcome).toEqual(
    usage(expect.stringContaining('tune all of them, with --all, without naming clients and without --missing')),
  )
  expect((await outcomeOf({ from, write: true })).outcome).toBe(0)
  expect(tuned().tuned.machine.class).toBe(newRunRecord(1).machine.class)
})

test('a stale budget is told, and a fresh one in a line', async () => {
  const fresh = await outcomeOf({ check: true })
  expect(fresh).toMatchObject({ outcome: 0, lines: [] })
  expect(fresh.out).toMatch(
    /^every budget is as it was tuned on 2026-11-22, on .* \(budgets that scatter: 1, runs looked at: 0\)\n$/,
  )
  mkdirSync(path.join(root, 'reports', 'history'))
  mkdirSync(path.join(root, 'reports', 'runs'))
  runs({}, 'runs/run')
  budgets(entriesOf({ expected: 0.9 }), 'big')
  expect((await outcomeOf({ check: true })).out).toMatch(
    /^stale: all budgets: this is machine .*, not big as at tuning\n$/,
  )
  budgets(entriesOf({ expected: 0.9 }))
  expect((await outcomeOf({ check: true })).out).toContain('runs looked at: 2')
  budgets({ ...entriesOf({ expected: 0.9 }), tuned: { date: '2026-11-20', runs: 4 } })
  const stale = await outcomeOf({ check: true })
  expect(stale.outcome).toBe(1)
  expect(stale.out).toBe(
    'stale: axios small-4, throughput against http: measured 0.2 on 2026-11-21, expected 0.9: 77.8 % worse, and 40 % is what it tolerates\n',
  )
  expect(existsSync(path.join(root, 'reports', 'latest.json'))).toBe(false)
})

test('scatter of equal builds counts where it is larger, and the records of others are told', async () => {
  spec("{ tolerates: '40 %', catches: '80 %' }")
  const content = readFileSync(path.join(root, 'perf', 'axios.test.ts'), 'utf8')
  const keepsUp = "  await expect(result).toKeepUpWith('reference', { tolerates: '30 %', catches: '80 %' })\n})"
  writeFileSync(path.join(root, 'perf', 'axios.test.ts'), content.replace('})\n})', `})\n${keepsUp}`))
  runs()
  mkdirSync(path.join(root, 'builds'))
  const { pair, ...build } = nullOf([0.95, 1.06, 0.94])
  if (pair.state !== 'measured') throw new Error('the pair was not measured')
  const record = recordOf([{ ...build, pair: { ...pair, sameFiles: false } }], { seed: 8 })
  writeFileSync(path.join(root, 'builds', 'equal.json'), JSON.stringify(record))
  writeFileSync(path.join(root, 'builds', 'cut.json'), JSON.stringify({ ...record, seed: 9, state: 'partial' }))
  const scatter = async (options: object) => {
    const { lines } = await outcomeOf({ from, write: true, reason: 'tried', ...options })
    return { lines, scatter: entries()?.reference?.scatter ?? 0 }
  }
  const alone = await scatter({})
  expect(alone.scatter).toBeGreaterThan(0)
  const beside = await scatter({ equal: ['builds/*.json'] })
  expect(beside.scatter).toBeGreaterThan(5 * alone.scatter)
  expect(beside.lines).toEqual(['left out: builds/cut.json was broken off'])
})
