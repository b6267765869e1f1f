import { expect, test } from 'vitest'
import { loadOf, measurementOf, windowOf } from '../../budgets/test-measurement.ts'
import type { CompletedMeasurement } from '../../measure/result.ts'
import type { Entry } from '../../session/entry.ts'
import { clientCharts } from './client-charts.ts'

const entryOf = (changes: Partial<CompletedMeasurement>): Entry => ({
  measurement: measurementOf(changes),
  verdicts: [],
})
const titles = (entries: readonly Entry[]) => clientCharts(entries).map(({ title }) => title)

test('what a request costs is drawn, and throughput against allocation', () => {
  expect(titles([entryOf({})])).toEqual([
    'kB allocated per request, small-4',
    'bytes sent per request, small-4',
    'connections, small-4',
    'throughput against allocation, small-4',
  ])
})

test('without the typical scenario, clients are compared under the one that most of them share', () => {
  const under = (client: string, scenario: string) =>
    entryOf({ client, scenario, load: [{ seed: 1, clients: [loadOf(client, 1_000)] }] })
  const shared = [under('axios', 'tls-16'), under('axios', 'small-64'), under('fetch', 'small-64')]
  expect(titles(shared)).toContain('kB allocated per request, small-64')
  expect(titles(shared)).not.toContain('kB allocated per request, tls-16')
  expect(titles([...shared, under('http', 'small-4')])).toContain('kB allocated per request, small-4')
})

test('sweeps of many clients are drawn in charts that can be followed', () => {
  const windows = [windowOf(1_000, { point: 1 }), windowOf(4_000, { point: 16 })]
  const swept = Array.from({ length: 8 }, (_, place) => {
    const client = `client-${place}`
    const load = [{ seed: 1, clients: [loadOf(client, 1_000, { windows })] }]
    return entryOf({ client, scenario: 'sweep', loadShape: 'sweep', load })
  })
  const charts = clientCharts(swept)
  expect(charts.map(({ title }) => title)).toEqual([
    'sweep: throughput as a share of the client’s best, 1 of 2',
    'sweep: throughput as a share of the client’s best, 2 of 2',
  ])
  expect(charts.map(({ table }) => table.head.length)).toEqual([7, 3])
})

test('what has no figures is absent', () => {
  expect(titles([])).toEqual([])
  expect(titles([entryOf({ load: [], pair: { state: 'same files' } })])).toEqual([])
  expect(titles([entryOf({ league: 'as shipped' })])).toEqual([])
})

test('bursts are drawn by scenario', () => {
  expect(titles([entryOf({ scenario: 'burst-512', loadShape: 'bursts' })])).toEqual(['ms a burst, burst-512'])
})

test('a sweep is drawn as shares of the best of each client', () => {
  const windows = [windowOf(1_000, { point: 1 }), windowOf(4_000, { point: 16 }), windowOf(2_000, { point: 64 })]
  const swept = entryOf({
    scenario: 'sweep',
    loadShape: 'sweep',
    load: [{ seed: 1, clients: [loadOf('axios', 1_000, { windows })] }],
  })
  const [chart] = clientCharts([swept])
  expect(chart?.table.rows).toEqual([
    ['1', '25 %'],
    ['16', '100 %'],
    ['64', '50 %'],
  ])
})
