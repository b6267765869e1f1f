import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { newRunRecord, type RunRecord } from '../../helpers/reports/run-record.ts'
import { entryAt, entryOf } from '../../helpers/reports/test-entry.ts'
import { threeWayRecord } from '../../helpers/reports/three-way/test-three-way.ts'
import { report } from './report.ts'

let root: string
let lines: string[]

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-report-'))
  lines = []
})
afterEach(() => rmSync(root, { recursive: true }))

/** A run with one client at a share of its reference, in the history. */
function run(
  name: string,
  startedAt: string,
  client: string,
  share: number,
  { machine = 'tuned', ...changes }: { readonly machine?: string } & Partial<Omit<RunRecord, 'machine'>> = {},
): void {
  const { measurement, verdicts } = entryOf(client, entryAt(share))
  const record = newRunRecord(7)
  const folder = path.join(root, 'reports', 'history')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    path.join(folder, name),
    JSON.stringify({
      ...record,
      state: 'complete',
      exitCode: 0,
      ...changes,
      startedAt,
      machine: { ...record.machine, class: machine },
      entries: [{ measurement: { ...measurement, startedAt }, verdicts }],
    }),
  )
}

async function reported(patterns: readonly string[] = [], options = {}) {
  const out = new PassThrough()
  const exitCode = await report(patterns, options, {
    root,
    out,
    progress: { live: () => {}, line: (line) => lines.push(line), end: () => {} },
  })
  out.end()
  return { exitCode, printed: await text(out) }
}

test('shards decide as one run, and are written as a page and as Markdown', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1)
  run('two.json', '2026-11-22T10:01:00.000Z', 'fetch', 0.85)
  const { exitCode, printed } = await reported([], { markdown: 'summary.md' })
  expect(exitCode).toBe(1)
  expect(printed).toContain('2 measurements, 2 budgets: 1 pass, 1 regressed')
  expect(printed).toContain('2 runs, results in reports/latest.html and summary.md')
  expect(readFileSync(path.join(root, 'reports', 'latest.html'), 'utf8')).toContain('1 of 2 budgets regressed')
  expect(readFileSync(path.join(root, 'summary.md'), 'utf8')).toContain('**regressed**')
})

test('what was measured again later replaces what was measured before', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 0.85)
  run('two.json', '2026-11-22T10:01:00.000Z', 'axios', 1)
  expect((await reported()).exitCode).toBe(0)
})

test('what is left out is told, and the rest is used', async () => {
  run('one.json', '2026-11-22T10:01:00.000Z', 'axios', 1)
  writeFileSync(path.join(root, 'reports', 'history', 'cut.json'), '{')
  expect((await reported(['reports/history/**'])).exitCode).toBe(0)
  expect(lines).toEqual([expect.stringMatching(/^left out: reports\/history\/cut\.json cannot be read: /)])
})

test('results of several machines stand beside each other, and a red on any of them is red', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 0.85, { machine: 'laptop' })
  run('two.json', '2026-11-22T10:01:00.000Z', 'axios', 1)
  const { exitCode, printed } = await reported([], { markdown: 'summary.md' })
  expect(exitCode).toBe(1)
  const node = `Node ${process.versions.node}`
  expect(printed).toMatch(
    new RegExp(`^tuned, ${node}\\n\\nsmall-4, equalised\\n.*\\n\\nlaptop, ${node}\\n\\nsmall-4`, 's'),
  )
  const page = readFileSync(path.join(root, 'reports', 'latest.html'), 'utf8')
  expect(page).toContain('>machine</th>')
  expect(page).toContain(`axios small-4 (laptop, ${node})`)
  expect(readFileSync(path.join(root, 'summary.md'), 'utf8')).toContain('#### <code>laptop')
})

test('the last run is in the history as well, and is no news', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1)
  copyFileSync(path.join(root, 'reports', 'history', 'one.json'), path.join(root, 'reports', 'latest.json'))
  expect((await reported()).printed).toContain('1 run, results in reports/latest.html')
  expect(lines).toEqual([])
  await reported(['reports'])
  expect(lines).toEqual([expect.stringContaining(' is the same run as ')])
})

test('a proof that cannot be read is left out', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1)
  writeFileSync(path.join(root, 'reports', 'proof.json'), '{')
  expect((await reported()).exitCode).toBe(0)
  expect(lines).toEqual([expect.stringMatching(/^left out: .*proof\.json cannot be read: /)])
})

test('the three-way comparison stands beside, and one that cannot be read is left out', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1)
  const file = path.join(root, 'reports', 'three-way.json')
  writeFileSync(file, JSON.stringify(threeWayRecord()))
  await reported()
  expect(lines).toEqual([])
  expect(readFileSync(path.join(root, 'reports', 'latest.html'), 'utf8')).toContain(
    'burst-512: throughput against axios',
  )
  for (const [broken, why] of [
    ['{', /three-way\.json cannot be read: /],
    ['{}', /three-way\.json is no three-way comparison: \/ must have required property 'date'/],
  ] as const) {
    lines = []
    writeFileSync(file, broken)
    expect((await reported()).exitCode).toBe(0)
    expect(lines).toEqual([expect.stringMatching(why)])
  }
})

test('a run that did not come to its end is told, on the page, in Markdown and beside', async () => {
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1, { state: 'partial', exitCode: 130 })
  await reported([], { markdown: 'summary.md' })
  const sentence = 'the run of 2026-11-22 10:00 UTC is partial'
  expect(readFileSync(path.join(root, 'reports', 'latest.html'), 'utf8')).toContain(`<h1>Not whole: ${sentence}</h1>`)
  expect(readFileSync(path.join(root, 'summary.md'), 'utf8')).toContain('- **not whole**: <code>the run of 2026-11-22')
  expect(lines).toEqual([sentence])
})

test('what no shard measured is told, on the page and in Markdown', async () => {
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'all.test.ts'), '')
  const budgets = budgetFileOf()
  const clients = { fetch: budgets.clients['axios'] }
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify({ ...budgets, clients }))
  run('one.json', '2026-11-22T10:00:00.000Z', 'axios', 1)
  const { exitCode } = await reported([], { shards: true, all: true, markdown: 'summary.md' })
  expect(exitCode).toBe(2)
  const page = readFileSync(path.join(root, 'reports', 'latest.html'), 'utf8')
  expect(page).toContain('<h1>Not whole: 1 measurement missing or not judged</h1>')
  expect(page).toContain('budgets for fetch small-4, which was not measured')
  expect(readFileSync(path.join(root, 'summary.md'), 'utf8')).toMatch(
    /- \*\*not whole\*\*: <code>.*fetch small-4, which was not measured/,
  )
})

test('where nothing was measured yet it says what to do', async () => {
  await expect(reported()).rejects.toMatchObject({
    code: 'WIREGAUGE_USAGE',
    message: expect.stringContaining('has no results yet; run the gate first'),
  })
})

test('files without a run are wrong usage, each with its reason', async () => {
  writeFileSync(path.join(root, 'proof.json'), '{}')
  await expect(reported(['proof.json'])).rejects.toMatchObject({
    code: 'WIREGAUGE_USAGE',
    message: 'no file holds the record of a run\n  proof.json is no record of a run',
  })
})
