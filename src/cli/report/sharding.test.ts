// @module-tag wide
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BudgetFile, TunedScenario } from '../../helpers/budgets/budget-file.ts'
import { judgeStated, type StatedThresholds } from '../../helpers/budgets/stated.ts'
import { budgetFileOf, invalidMeasurement, judgingBy } from '../../helpers/budgets/test-measurement.ts'
import { gateEffort, looksOf } from '../../helpers/measure/effort.ts'
import type { CompletedMeasurement, Measurement } from '../../helpers/measure/result.ts'
import { newRunRecord } from '../../helpers/reports/run-record.ts'
import type { Entry } from '../../helpers/session/entry.ts'
import { report } from './report.ts'

/** See `fixtures/recordings/README.md`. */
interface Recording {
  readonly tuned: TunedScenario
  readonly measurements: readonly CompletedMeasurement[]
}

function recordingOf(name: string): Recording {
  const file = path.resolve(import.meta.dirname, '../../../fixtures/recordings', `${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

const axios = recordingOf('axios-small-4')
const undici = recordingOf('undici-request-small-64')

const axiosStated: StatedThresholds = {
  reference: { tolerates: '1.5 %', catches: '5 %' },
  tail: { p75: { tolerates: '2.6 %', catches: '6.8 %' }, 'over 3 ×': { tolerates: '2.5 %', catches: '6.2 %' } },
  against: new Map([['http', { tolerates: '19 %', catches: '43 %' }]]),
  requestsPerSecond: 3_200,
  costs: { connections: 4, requestBytes: 'unchanged', allocatedBytes: { tolerates: '2.4 %', catches: '6.5 %' } },
}
const undiciStated: StatedThresholds = {
  reference: { tolerates: '4 %', catches: '10 %' },
  tail: { p90: { tolerates: '34 %', catches: '105 %' } },
  against: new Map(),
  costs: { cpu: { tolerates: '26 %', catches: '75 %' } },
}

/** Of what was tuned, what these specs state: the budget file holds nothing that nobody judges. */
function statedOf({
  tuned: { reference, solo, against, requestsPerSecond, tail, slowBatches, totals, ...costs },
}: Recording) {
  const { controlRequestsPerSecond, allocatedBytesPerRequest, requestBytes } = costs
  const given = (entries: object): object => Object.fromEntries(Object.entries(entries).filter(([, value]) => value))
  return (stated: StatedThresholds): TunedScenario =>
    given({
      reference,
      solo,
      against: stated.against.size > 0 && against,
      controlRequestsPerSecond,
      requestsPerSecond: stated.requestsPerSecond && requestsPerSecond,
      allocatedBytesPerRequest: stated.costs?.allocatedBytes && allocatedBytesPerRequest,
      requestBytes: stated.costs?.requestBytes && requestBytes,
      tail: given({ p75: stated.tail?.p75 && tail?.p75, p90: stated.tail?.p90 && tail?.p90 }),
      slowBatches: given({ 'over 3 ×': stated.tail?.['over 3 ×'] && slowBatches?.['over 3 ×'] }),
      totals: given({ cpu: stated.costs?.cpu && totals?.cpu }),
    })
}

/** A spec file with what was recorded of its one measurement. */
interface SpecFile {
  readonly measurement: Measurement
  readonly tuned: TunedScenario
  readonly stated: StatedThresholds
}

function specFile(
  recording: Recording,
  place: number,
  stated: StatedThresholds,
  client: string,
  minute: number,
): SpecFile {
  const measured = recording.measurements[place] as CompletedMeasurement
  const load = measured.load.map((replicate) => ({
    ...replicate,
    clients: replicate.clients.map((each) => (each.client === measured.client ? { ...each, client } : each)),
  }))
  const startedAt = `2026-11-22T13:0${minute}:00.000Z`
  return { measurement: { ...measured, client, load, startedAt }, tuned: statedOf(recording)(stated), stated }
}

/** Three spec files; the second recording of axios stands for a client of its own. */
const specFiles = [
  specFile(axios, 0, axiosStated, 'axios', 0),
  specFile(axios, 1, axiosStated, 'axios-fetch', 1),
  specFile(undici, 0, undiciStated, 'undici-request', 2),
] as const

/** The budget file of all, which every shard has whole: error rates are those of its every budget. */
const budgets: BudgetFile = {
  ...budgetFileOf(),
  clients: Object.fromEntries(
    specFiles.map(({ measurement, tuned }) => [measurement.client, { [measurement.scenario]: tuned }]),
  ),
}

/** A pair of other files whose current arm is so much slower, beside its reference and alone, as after so many looks. */
function slowed(spec: SpecFile, worsening: number, looks: 1 | 2 = 2): SpecFile {
  const { measurement } = spec
  if (measurement.state === 'invalid' || measurement.pair.state !== 'measured') throw new Error('it has a pair')
  const log = Math.log(1 - worsening)
  const { pair } = measurement
  const measured = Array.from({ length: looks }, () => pair.replicates).flat()
  const replicates = measured.map((replicate) => {
    const { estimate, low, high, level } = replicate.logRatio
    return { ...replicate, logRatio: { estimate: estimate + log, low: low + log, high: high + log, level } }
  })
  const solo = measurement.pair.solo.map((each) => ({ ...each, logRatio: each.logRatio + log }))
  return { ...spec, measurement: { ...measurement, pair: { ...measurement.pair, sameFiles: false, replicates, solo } } }
}

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-shards-'))
  mkdirSync(path.join(root, 'perf'))
  writeFileSync(path.join(root, 'perf', 'budgets.json'), JSON.stringify(budgets))
  writeFileSync(path.join(root, 'perf', 'all.test.ts'), '')
})
afterEach(() => rmSync(root, { recursive: true }))

/** What a process that ran these spec files leaves; its session, noise included, is its own. */
function leave(name: string, files: readonly SpecFile[], changes: object = {}): void {
  const context = { ...judgingBy(), budgets, looks: looksOf(gateEffort) }
  const entries: readonly Entry[] = files.map(({ measurement, stated }) => ({
    measurement,
    verdicts: judgeStated(measurement, stated, context),
  }))
  const record = { ...newRunRecord(7), state: 'complete', exitCode: 0, entries, ...changes }
  mkdirSync(path.join(root, name))
  writeFileSync(path.join(root, name, 'latest.json'), JSON.stringify(record))
}

/** What merging comes to; everything but the number of runs. */
async function mergedFrom(pattern: string) {
  const out = new PassThrough()
  const said: string[] = []
  const progress = { live: () => {}, line: (line: string) => said.push(line), end: () => {} }
  const exitCode = await report([pattern], { shards: true, all: true, markdown: 'summary.md' }, { root, out, progress })
  out.end()
  const printed = (await text(out)).replace(/\d+ runs?, /, '')
  return { exitCode, printed, said, markdown: readFileSync(path.join(root, 'summary.md'), 'utf8') }
}

const [one, two, three] = specFiles

describe('three shards decide like the whole', () => {
  test.each<[string, number, readonly SpecFile[]]>([
    ['where nothing changed', 0, specFiles],
    ['where one client is 9 % slower', 1, [slowed(one, 0.09), two, three]],
    ['where a drop cannot be told yet', 3, [one, slowed(two, 0.09, 1), three]],
    [
      'where the work was not the work',
      4,
      [
        one,
        two,
        {
          ...three,
          measurement: {
            ...invalidMeasurement(),
            client: 'undici-request',
            scenario: 'small-64',
            startedAt: '2026-11-22T13:02:00.000Z',
          },
        },
      ],
    ],
  ])('%s: exit code %d', async (_, expected, files) => {
    leave('whole', files)
    for (const [place, file] of files.entries()) leave(`shard-${place}`, [file])
    const whole = await mergedFrom('whole/latest.json')
    const shards = await mergedFrom('shard-*/latest.json')
    expect(whole.exitCode).toBe(expected)
    expect(shards).toEqual(whole)
  })
})

describe('shards of one gate', () => {
  test('must have measured everything together', async () => {
    leave('shard-0', [one])
    leave('shard-1', [two])
    const { exitCode, said } = await mergedFrom('shard-*')
    expect(exitCode).toBe(2)
    expect(said).toEqual([expect.stringContaining('budgets for undici-request small-64, which was not measured')])
  })

  test('must have judged everything that they measured', async () => {
    leave('shard-0', [one, two])
    leave('shard-1', [{ ...three, stated: { reference: { tolerates: '4 %', catches: '10 %' }, against: new Map() } }])
    const { exitCode, said } = await mergedFrom('shard-*')
    expect(exitCode).toBe(2)
    expect(said).toEqual([expect.stringContaining('undici-request small-64 that its test states no budget for')])
  })

  test.each([
    ['a plain assertion failed', 1, { exitCode: 1 }],
    ['the time was over', 3, { exitCode: 3 }],
    ['somebody gave up', 130, { state: 'partial', exitCode: 130 }],
    ['something killed it', 130, { state: 'running', exitCode: undefined }],
  ])('are as green as the one in which %s', async (_, expected, changes) => {
    leave('shard-0', [one, two])
    leave('shard-1', [three], changes)
    expect((await mergedFrom('shard-*')).exitCode).toBe(expected)
  })

  test('need not have measured what is wide, unless that was asked for', async () => {
    const helpers = JSON.stringify(new URL('../../helpers/index.ts', import.meta.url).href)
    writeFileSync(
      path.join(root, 'perf', 'wide.test.ts'),
      `import { test } from 'vitest'
      import { measure, smallJson, undiciRequest } from ${helpers}
      test('wide', { tags: ['wide'] }, () => measure(undiciRequest, smallJson({ inFlight: 64 })))`,
    )
    leave('shard-0', [one, two])
    expect(await outcomeOf(['report', 'shard-*', '--shards'])).toEqual({ exitCode: 0, errors: '' })
    const { exitCode, errors } = await outcomeOf(['report', 'shard-*', '--shards', '--all'])
    expect(exitCode).toBe(2)
    expect(errors).toContain('budgets for undici-request small-64, which was not measured')
  })
})

/** The command in a process of its own, where Vitest does not load the specs. */
async function outcomeOf(args: readonly string[]) {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { exitCode, errors }
}
