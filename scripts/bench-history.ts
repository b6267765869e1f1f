/**
 * `npm run bench:history -- [RECORD] [--runs 1000] [--budgets 100]`: how long `wiregauge report` takes for a long history, and
 * how much memory at most. The runs are copies of one record, cut to so many budgets; without a record, of the samples in
 * `fixtures/recordings`, in which every pair was measured.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { judgeStated, type StatedThresholds } from '../src/helpers/budgets/stated.ts'
import { budgetFileOf, judgingBy } from '../src/helpers/budgets/test-measurement.ts'
import type { Measurement } from '../src/helpers/measure/result.ts'
import { newRunRecord, type RunRecord } from '../src/helpers/reports/run-record.ts'
import type { Entry } from '../src/helpers/session/entry.ts'
import { countIn } from './count-in.ts'
import { endAsCommand } from './end-as-command.ts'

endAsCommand()

const {
  positionals: [given],
  values,
} = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '1000' }, budgets: { type: 'string', default: '100' } },
})
const runs = countIn('runs', values.runs)
const budgets = countIn('budgets', values.budgets)

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-history-'))
try {
  const source = given === undefined ? recorded() : (JSON.parse(readFileSync(given, 'utf8')) as RunRecord)
  const record = { ...source, entries: withBudgets(source.entries, budgets) }
  const bytes = writeRuns(record)
  const { seconds, megabytes } = await loaded()
  const each = `${record.entries.length} measurements, ${budgetsIn(record.entries)} budgets, ${Math.round(bytes / 1e3)} kB`
  console.log(`${runs} runs of ${each}: ${seconds.toFixed(1)} s, at most ${Math.round(megabytes)} MB`)
} finally {
  rmSync(folder, { recursive: true })
}

/** The recorded samples as a run. */
function recorded(): RunRecord {
  const file = path.resolve(import.meta.dirname, '../fixtures/recordings/axios-small-4.json')
  const { tuned, measurements } = JSON.parse(readFileSync(file, 'utf8'))
  const context = { ...judgingBy(), budgets: { ...budgetFileOf(), clients: { axios: { 'small-4': tuned } } } }
  const stated: StatedThresholds = {
    reference: { tolerates: '1.5 %', catches: '5 %' },
    tail: { p75: { tolerates: '2.6 %', catches: '6.8 %' } },
    against: new Map([['http', { tolerates: '19 %', catches: '43 %' }]]),
    requestsPerSecond: 3_200,
    costs: { connections: 4, cpu: { tolerates: '25 %', catches: '72 %' } },
  }
  const [measurement] = measurements
  return { ...newRunRecord(1), entries: [{ measurement, verdicts: judgeStated(measurement, stated, context) }] }
}

/** Entries with so many budgets in all: the first of them, or all and again under other names. */
function withBudgets(entries: readonly Entry[], wanted: number): readonly Entry[] {
  const judged = entries.filter(({ verdicts }) => verdicts.length > 0)
  const taken: Entry[] = []
  for (let place = 0; budgetsIn(taken) < wanted && judged.length > 0; place++) {
    const { measurement, verdicts } = judged[place % judged.length] as Entry
    const round = Math.floor(place / judged.length)
    const client = round === 0 ? measurement.client : `${measurement.client}-${round}`
    taken.push({ measurement: named(measurement, client), verdicts: verdicts.slice(0, wanted - budgetsIn(taken)) })
  }
  return taken
}

/** A measurement of a client of another name, under load as well. */
function named(measurement: Measurement, client: string): Measurement {
  if (measurement.state === 'invalid') return { ...measurement, client }
  const load = measurement.load.map((replicate) => ({
    ...replicate,
    clients: replicate.clients.map((each) => (each.client === measurement.client ? { ...each, client } : each)),
  }))
  return { ...measurement, client, load }
}

function budgetsIn(entries: readonly Entry[]): number {
  return entries.flatMap(({ verdicts }) => verdicts).length
}

/** Writes the runs, one an hour. @returns Bytes of one. */
function writeRuns(record: RunRecord): number {
  mkdirSync(path.join(folder, 'history'))
  let bytes = 0
  for (let run = 0; run < runs; run++) {
    const startedAt = new Date(Date.UTC(2026, 0, 1) + run * 3_600_000).toISOString()
    const text = `${JSON.stringify({ ...record, startedAt, seed: run })}\n`
    bytes = Buffer.byteLength(text)
    writeFileSync(path.join(folder, 'history', `${run}.json`), text)
  }
  return bytes
}

/** The report in a process of its own, which tells what it took from its start. */
async function loaded(): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const report = JSON.stringify(new URL('../src/cli/report/report.ts', import.meta.url).href)
  const program = `
    const { report } = await import(${report})
    const progress = { live() {}, line() {}, end() {} }
    await report(['history'], { html: 'page.html' }, { root: process.cwd(), out: process.stderr, progress })
    const megabytes = process.resourceUsage().maxRSS / 1e3
    console.log(JSON.stringify({ seconds: performance.now() / 1e3, megabytes }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    maxBuffer: 1e9,
  })
  return JSON.parse(stdout)
}
