import { expect, test } from 'vitest'
import type { EntryDigest, RunDigest } from '../history/run-digest.ts'
import { historyCharts } from './history-charts.ts'

/** So many runs, one a day, of axios at a fifth of http; what a run has beside that is given by its place. */
function runsOf(runs: number, changes: (run: number) => Partial<RunDigest> = () => ({})): readonly RunDigest[] {
  return Array.from({ length: runs }, (_, run) => ({
    file: `${run}.json`,
    startedAt: new Date(Date.UTC(2026, 0, 1 + run, 12)).toISOString(),
    state: 'complete',
    machine: 'tuned',
    node: '26.10.0',
    entries: [entryOf('axios', '1.21.1')],
    ...changes(run),
  }))
}

const entryOf = (client: string, version?: string, scenario = 'small-4'): EntryDigest => ({
  client,
  scenario,
  verdict: 'pass',
  budgets: 1,
  ofControl: 0.2,
  ...(version === undefined ? {} : { version }),
})
const titles = (runs: readonly RunDigest[]) => historyCharts(runs).map(({ title }) => title)

test('a version that changed in a long history keeps its mark, in the picture and in the table', () => {
  const runs = runsOf(300, (run) => ({ entries: [entryOf('axios', run < 137 ? '1.20.0' : '1.21.1')] }))
  const [chart] = historyCharts(runs)
  expect(chart?.table.rows.length).toBeLessThan(70)
  expect(chart?.picture.text).toContain('>1.21.1<')
  const marked = chart?.table.rows.filter(([, cell]) => cell?.includes('1.21.1')) ?? []
  expect(marked).toHaveLength(1)
  // The first of the few runs that are drawn together begins with the change.
  const [day = ''] = marked[0] ?? []
  const changed = Date.UTC(2026, 0, 1 + 137, 12)
  const drawn = Date.parse(`${day.replace(' ', 'T')}Z`)
  expect(drawn).toBeGreaterThanOrEqual(changed)
  expect(drawn).toBeLessThan(changed + 5 * 86_400_000)
})

test('a client without a version has no marks', () => {
  const [chart] = historyCharts(runsOf(3, () => ({ entries: [entryOf('fetch')] })))
  expect(chart?.title).toBe('fetch: throughput as a share of http')
  expect(chart?.table.rows.map(([, cell]) => cell)).toEqual(['20 %', '20 %', '20 %'])
})

test('the noise of the machine is drawn by what it was seen in', () => {
  const runs = runsOf(3, (run) => ({ noise: 0.01 * (run + 1), ...(run < 2 ? { stealShare: 0.1 } : {}) }))
  const chart = historyCharts(runs).at(-1)
  expect(chart?.title).toBe('noise of the machine')
  expect(chart?.table.head).toEqual(['run', 'equal code differed by', 'stolen time'])
  expect(chart?.table.rows.map((row) => row.slice(1))).toEqual([
    ['1.0 %', '10 %'],
    ['2.0 %', '10 %'],
    ['3.0 %', '–'],
  ])
})

test('a machine that tells nothing of its noise has no chart of it', () => {
  expect(titles(runsOf(2))).toEqual(['axios: throughput as a share of http'])
})

test('many scenarios of a client are drawn in charts that can be followed', () => {
  const scenarios = Array.from({ length: 7 }, (_, place) => `scenario-${place}`)
  const entries = scenarios.map((scenario) => entryOf('axios', '1.21.1', scenario))
  expect(titles(runsOf(2, () => ({ entries })))).toEqual([
    'axios: throughput as a share of http, 1 of 2',
    'axios: throughput as a share of http, 2 of 2',
  ])
})

test('one run is no history, and one point no line', () => {
  expect(historyCharts(runsOf(1, () => ({ noise: 0.01 })))).toEqual([])
  expect(titles(runsOf(2, (run) => ({ entries: run === 0 ? [] : [entryOf('axios')] })))).toEqual([])
})

test('the control has no line of its own', () => {
  expect(titles(runsOf(2, () => ({ entries: [{ ...entryOf('http'), ofControl: 1 }] })))).toEqual([])
})
