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
