import { describe, expect, test } from 'vitest'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import { budgetFileOf, loadOf, measurementOf, windowOf } from '../../helpers/budgets/test-measurement.ts'
import { measuringFlags } from '../../helpers/measure/environment.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { runValues } from './run-values.ts'
import { type Checking, staleness } from './stale.ts'
import { recordOf } from './test-tuning.ts'

const file = budgetFileOf()
const here = { machine: 'tuned', node: '26.10.0', flags: measuringFlags }
const thresholds: StatedThresholds = {
  against: new Map([['http', { tolerates: '20 %', catches: '40 %' }]]),
  requestsPerSecond: 850,
  costs: { requestBytes: 'unchanged', allocatedBytes: { tolerates: '3 %', catches: '6 %' } },
}
const stated = new Map([['axios small-4', thresholds]])

/** A run in which axios made so much beside 10,000 of http. */
function run(requestsPerSecond: number, changes: Partial<CompletedMeasurement> = {}, machine = 'tuned') {
  const clients = [loadOf('axios', requestsPerSecond), loadOf('http', 10_000)]
  const load = [1, 2, 3, 4].map((seed) => ({ seed, clients }))
  const measurement = measurementOf({ pair: { state: 'same files' }, load, ...changes })
  const record = recordOf([measurement])
  const { machine: of } = record
  return runValues({ ...record, machine: { ...of, class: machine, node: '26.10.0' } }, file)
}

const stale = (changes: Partial<Checking>) =>
  staleness({
    file,
    here,
    stated,
    selects: () => true,
    runs: [],
    nowMs: Date.parse('2026-11-30T00:00:00Z'),
    ...changes,
  })

describe('budgets', () => {
  test('that were tuned here, lately, and hold, are not stale', () => {
    expect(stale({ runs: [run(2_000)] })).toEqual([])
    expect(stale({})).toEqual([])
  })

  test('of another machine, Node or flags are', () => {
    expect(stale({ here: { ...here, node: '27.0.0', machine: 'new' } })).toEqual([
      'all budgets: this is machine new, not tuned as at tuning',
      'all budgets: this is Node 27.0.0, not 26.10.0 as at tuning',
    ])
  })

  test('that nothing has measured for more than 90 days are, and tuning is measuring', () => {
    const nowMs = Date.parse('2027-03-01T00:00:00Z')
    expect(stale({ nowMs })).toEqual(['all budgets: no run for 99 days, and 90 are the most'])
    expect(stale({ nowMs, runs: [run(2_000, { startedAt: '2027-02-01T00:00:00.000Z' })] })).toEqual([])
    const two = {
      ...file,
      clients: { ...file.clients, http: { 'small-4': { tuned: { date: '2027-02-01', runs: 1 } } } },
    }
    expect(stale({ file: two, nowMs })).toEqual(['axios small-4: no run for 99 days, the last on 2026-11-22'])
    expect(stale({ file: two, nowMs, selects: (client) => client === 'http' })).toEqual([])
    expect(stale({ file: two, nowMs, selects: (client) => client === 'axios' })).toEqual([
      'axios small-4: no run for 99 days, the last on 2026-11-22',
    ])
  })

  test('that are not asked for are not told', () => {
    expect(stale({ runs: [run(1_000)], selects: () => false })).toEqual([])
  })

  test('are not by what was measured before they were tuned', () => {
    const before = run(1_000, { startedAt: '2026-11-21T23:59:00.000Z' })
    expect(stale({ runs: [before] })).toEqual([])
    const entries = { ...file.clients['axios']?.['small-4'], tuned: { date: '2026-11-25', runs: 4 } }
    const retuned = { ...file, clients: { axios: { 'small-4': entries } } }
    expect(stale({ file: retuned, runs: [run(1_000, { startedAt: '2026-11-24T12:00:00.000Z' })] })).toEqual([])
    expect(stale({ file: retuned, runs: [run(1_000, { startedAt: '2026-11-25T12:00:00.000Z' })] })).toHaveLength(1)
  })

  test('whose newest value lies beyond what they tolerate are, worse or better', () => {
    expect(stale({ runs: [run(1_000)] })).toEqual([
      'axios small-4, throughput against http: measured 0.1 on 2026-11-22, expected 0.2: 50 % worse, and 20 % is what it tolerates',
    ])
    expect(stale({ runs: [run(3_200)] })).toEqual([
      'axios small-4, throughput against http: measured 0.32 on 2026-11-22, expected 0.2: 60 % better, and 20 % is what it tolerates',
    ])
    expect(stale({ runs: [run(1_000), run(2_000)] })).toEqual([])
  })

  test('that are exact are by any difference', () => {
    const bytes = { ...loadOf('axios', 2_000).counts, bytesIn: 191_000 }
    const load = [{ seed: 1, clients: [loadOf('axios', 2_000, { counts: bytes }), loadOf('http', 10_000)] }]
    expect(stale({ runs: [run(2_000, { load })] })).toEqual([
      expect.stringMatching(/^axios small-4, request bytes: measured 191 on 2026-11-22, expected 190: 0.526 % worse/),
    ])
  })

  test('are not by a value whose interval reaches into what they tolerate', () => {
    // 2 replicates: 21 % worse, by 1.96 × 0.04 × √(1 / 2 + 1 / 10) = 6 % at least 16 %.
    const load = [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', 1_580), loadOf('http', 10_000)] }))
    expect(stale({ runs: [run(0, { load })] })).toEqual([])
  })

  test('are not by runs of another machine, of a noisy one, beside a saturated target, or of one that is as fast as another', () => {
    expect(stale({ runs: [run(1_000, {}, 'other')] })).toEqual([])
    expect(stale({ runs: [run(1_000, { machineState: { loadAverage: 1, stealShare: 0.5 } })] })).toEqual([])
    const windows = [windowOf(1_000, { clientBusy: 0.5, targetBusy: 0.9 })]
    const saturated = [{ seed: 1, clients: [loadOf('axios', 0, { windows }), loadOf('http', 10_000)] }]
    expect(stale({ runs: [run(0, { load: saturated })] })).toEqual([])
    const slow = [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', 300), loadOf('http', 3_000)] }))
    expect(stale({ runs: [run(0, { load: slow })] })).toEqual([])
  })
})
