import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../budgets/reference-throughput.ts'
import {
  countsOf,
  invalidMeasurement,
  judgingBy,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  serviceOf,
  soloOf,
  windowOf,
} from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { routeColumns } from './route-cells.ts'
import { resultTables } from './table.ts'

const axios = measurementOf({
  pair: pairOf({
    replicates: [0.84, 0.85, 0.86, 0.84, 0.85, 0.86].map((share) => replicateOf(share)),
    solo: [soloOf(0.85), soloOf(0.85)],
  }),
  load: [
    { seed: 1, clients: [loadOf('axios', 2_000), loadOf('http', 10_000)] },
    { seed: 2, clients: [loadOf('axios', 2_000), loadOf('http', 10_000)] },
  ],
})
const undici = measurementOf({
  client: 'undici-request',
  pair: pairOf({ sameFiles: true, replicates: [0.995, 1, 1.005].map((share) => replicateOf(share)) }),
  load: [
    {
      seed: 1,
      clients: [
        loadOf('undici-request', 24_000, { allocatedBytesPerRequest: 12_400 }),
        loadOf('http', 10_000),
        loadOf('wire', 40_000),
      ],
    },
  ],
})
const shipped = measurementOf({
  client: 'node-fetch-default',
  league: 'as shipped',
  pair: { state: 'same files' },
  load: [
    {
      seed: 1,
      clients: [
        loadOf('node-fetch-default', 1_500, {
          counts: countsOf('node-fetch-default', { connections: 12_345, bytesIn: 201_400 }),
        }),
        loadOf('http', 10_000),
      ],
    },
  ],
})
const { allocatedBytesPerRequest: _, ...load } = loadOf('fetch', 4_900)
const nodes = measurementOf({
  client: 'fetch',
  pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false },
  load: [{ seed: 1, clients: [load] }],
})

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
const verdicts = (measurement = axios): Verdict[] => [
  judgePerSecond(measurement, 800, judgingBy()),
  judgeAgainstReference(measurement, thresholds, judgingBy()),
]

test('results stand in a table for each league and scenario, the fastest first and the invalid last', () => {
  const invalid = { ...invalidMeasurement(), client: 'axios-fetch' }
  const entries = [
    { measurement: invalid, verdicts: [] },
    { measurement: axios, verdicts: verdicts() },
    { measurement: shipped, verdicts: [] },
    { measurement: nodes, verdicts: [] },
    {
      measurement: undici,
      verdicts: [judgeAgainstReference({ ...undici, client: 'axios' }, thresholds, judgingBy())],
    },
  ]
  expect(resultTables(entries).split('\n')).toEqual([
    'small-4, equalised',
    '┌────────────────┬────────────┬─────────┬─────────┬──────────────────────────────┬────────┬────────────┬───────┬───────────┬─────────────────────────────────────────┐',
    '│ client         │ requests/s │ of http │ of wire │            against reference │ kB/req │ sent B/req │ conns │ target µs │ verdict                                 │',
    '├────────────────┼────────────┼─────────┼─────────┼──────────────────────────────┼────────┼────────────┼───────┼───────────┼─────────────────────────────────────────┤',
    '│ undici-request │     24,000 │   240 % │    60 % │ +0.0 % (−0.6 % … +0.6 %) A/A │   12.4 │        190 │     4 │      20.0 │ pass                                    │',
    '├────────────────┼────────────┼─────────┼─────────┼──────────────────────────────┼────────┼────────────┼───────┼───────────┼─────────────────────────────────────────┤',
    '│ fetch          │      4,900 │       – │       – │                            – │      – │        190 │     4 │      20.0 │ not judged                              │',
    '├────────────────┼────────────┼─────────┼─────────┼──────────────────────────────┼────────┼────────────┼───────┼───────────┼─────────────────────────────────────────┤',
    '│ axios          │      2,000 │    20 % │   5.0 % │  −15.0 % (−15.7 % … −14.3 %) │   75.0 │        190 │     4 │      20.0 │ regressed: throughput against reference │',
    '├────────────────┼────────────┼─────────┼─────────┼──────────────────────────────┼────────┼────────────┼───────┼───────────┼─────────────────────────────────────────┤',
    '│ axios-fetch    │          – │       – │       – │                            – │      – │          – │     – │         – │ invalid                                 │',
    '└────────────────┴────────────┴─────────┴─────────┴──────────────────────────────┴────────┴────────────┴───────┴───────────┴─────────────────────────────────────────┘',
    '',
    'small-4, as shipped',
    '┌────────────────────┬────────────┬─────────┬─────────┬───────────────────┬────────┬────────────┬────────┬───────────┬────────────┐',
    '│ client             │ requests/s │ of http │ of wire │ against reference │ kB/req │ sent B/req │  conns │ target µs │ verdict    │',
    '├────────────────────┼────────────┼─────────┼─────────┼───────────────────┼────────┼────────────┼────────┼───────────┼────────────┤',
    '│ node-fetch-default │      1,500 │    15 % │   3.8 % │        same files │   75.0 │        201 │ 12,345 │      20.0 │ not judged │',
    '└────────────────────┴────────────┴─────────┴─────────┴───────────────────┴────────┴────────────┴────────┴───────────┴────────────┘',
  ])
})

/** The last cell of the only row of a table. */
function verdictCell(verdicts: readonly Verdict[]): string | undefined {
  return resultTables([{ measurement: axios, verdicts }])
    .split('\n')
    .at(-2)
    ?.split('│')
    .at(-2)
    ?.trim()
}

test('the worst of the verdicts is told with its budgets', () => {
  const [one, other] = verdicts()
  const as = (state: Verdict['state'], verdict = one): Verdict[] =>
    verdict === undefined ? [] : [{ ...verdict, state }]
  expect(verdictCell([...as('pass'), ...as('inconclusive', other)])).toBe('inconclusive: throughput against reference')
  expect(verdictCell([...as('regressed'), ...as('regressed', other)])).toBe(
    'regressed: throughput per second, throughput against reference',
  )
  expect(verdictCell([...as('regressed'), ...as('invalid', other)])).toBe('invalid: throughput against reference')
})

test('a red between the same files is told to be a false one, after all that counts', () => {
  const [passed, red] = verdicts()
  const falseRed: Verdict[] = red === undefined ? [] : [{ ...red, sameFiles: true, treeChanged: false }]
  const inconclusive: Verdict[] = passed === undefined ? [] : [{ ...passed, state: 'inconclusive' }]
  expect(verdictCell(falseRed)).toBe('false red: throughput against reference')
  expect(verdictCell([...falseRed, ...inconclusive])).toBe('inconclusive: throughput per second')
})

test('no entries are no tables', () => {
  expect(resultTables([])).toBe('')
})

test('the limit is that of the same scenario, carried over by the control', () => {
  const slowMinute = [
    { seed: 1, clients: [loadOf('axios', 1_000), loadOf('http', 5_000)] },
    { seed: 2, clients: [loadOf('axios', 1_000), loadOf('http', 5_000)] },
  ]
  const cells = (entries: readonly CompletedMeasurement[]) =>
    resultTables(entries.map((measurement) => ({ measurement, verdicts: [] })))
      .split('\n')
      .filter((line) => line.includes('│ axios'))
      .map((line) => line.split('│')[4]?.trim())
  expect(cells([undici, { ...axios, load: slowMinute }])).toEqual(['5.0 %'])
  expect(cells([undici, { ...axios, scenario: 'small-64' }])).toEqual(['–'])
})

test('what was measured without load has its change alone, and stands above what is invalid', () => {
  const idle = { ...axios, client: 'idle', load: [] }
  const entries = [
    { measurement: invalidMeasurement(), verdicts: [] },
    { measurement: idle, verdicts: [] },
  ]
  const rows = resultTables(entries)
    .split('\n')
    .filter((line) => /│ (?:idle|axios) /.test(line))
    .map((line) => line.replaceAll(/ +/g, ' '))
  expect(rows).toEqual([
    expect.stringMatching(/^│ idle │ – │ – │ – │ −15\.0 % \(.*\) │ – │ .* │ – │ not judged │$/),
    '│ axios │ – │ – │ – │ – │ – │ – │ – │ – │ invalid │',
  ])
})

test('a cell names two budgets, and how many more there are', () => {
  const [one] = verdicts()
  const reds = ['one', 'two', 'three', 'four'].flatMap((budget): Verdict[] =>
    one === undefined ? [] : [{ ...one, state: 'regressed', budget }],
  )
  expect(verdictCell(reds)).toBe('regressed: one, two and 2 more')
})

test('what is blind is told before what is only inconclusive', () => {
  const [one, other] = verdicts()
  if (one === undefined || other === undefined) throw new Error('no verdicts')
  const undecided: Verdict[] = [
    { ...one, state: 'inconclusive' },
    { ...other, state: 'inconclusive', blind: true },
  ]
  expect(verdictCell(undecided)).toBe('blind: throughput against reference')
})

test('bursts stand in a table with their time, mean and median over all bursts', () => {
  const burst = (durationMs: number) => windowOf(0, { requests: 512, durationMs })
  const measurement = measurementOf({
    scenario: 'burst-512',
    loadShape: 'bursts',
    load: [
      {
        seed: 1,
        clients: [loadOf('axios', 0, { windows: [burst(60), burst(64), burst(110)] }), loadOf('http', 16_000)],
      },
    ],
  })
  expect(resultTables([{ measurement, verdicts: [] }])).toMatchInlineSnapshot(`
    "burst-512, equalised
    ┌────────┬─────────┬───────────┬────────────┬─────────┬────────┬────────────┬───────┬───────────┬────────────┐
    │ client │ mean ms │ median ms │ requests/s │ of http │ kB/req │ sent B/req │ conns │ target µs │ verdict    │
    ├────────┼─────────┼───────────┼────────────┼─────────┼────────┼────────────┼───────┼───────────┼────────────┤
    │ axios  │    78.0 │      64.0 │      8,000 │    50 % │   75.0 │        190 │     4 │      20.0 │ not judged │
    └────────┴─────────┴───────────┴────────────┴─────────┴────────┴────────────┴───────┴───────────┴────────────┘"
  `)
})

test('a sweep stands in a table with requests per second at each point', () => {
  const windows = [
    windowOf(900, { point: 512 }),
    windowOf(3_000, { point: 4 }),
    windowOf(2_000, { point: 4 }),
    windowOf(4_000, { point: 4 }),
  ]
  const measurement = measurementOf({
    scenario: 'sweep',
    loadShape: 'sweep',
    load: [{ seed: 1, clients: [loadOf('axios', 0, { windows })] }],
  })
  expect(resultTables([{ measurement, verdicts: [] }])).toMatchInlineSnapshot(`
    "sweep, equalised
    ┌────────┬───────┬────────┬────────────┐
    │ client │  at 4 │ at 512 │ verdict    │
    ├────────┼───────┼────────┼────────────┤
    │ axios  │ 3,000 │    900 │ not judged │
    └────────┴───────┴────────┴────────────┘"
  `)
})

test('the routes of a gateway stand in a table with how they served', () => {
  const load = [{ seed: 1, clients: [loadOf('axios', 2_000, { service: serviceOf() })] }]
  const text = resultTables([
    { measurement: measurementOf({ scenario: 'gateway', loadShape: 'gateway', load }), verdicts: [] },
  ])
  const [title, , heads, , row] = text.split('\n')
  const cellsOf = (line = '') => line.split('│').map((cell) => cell.trim())
  expect(title).toBe('gateway, equalised')
  expect(cellsOf(heads)).toEqual(['', 'client', ...routeColumns.map(({ head }) => head), 'verdict', ''])
  expect(cellsOf(row)).toEqual([
    '',
    'axios',
    '2,000',
    '0',
    '5.00',
    '8.00',
    '–',
    '20 %',
    '95 %',
    '30 %',
    'not judged',
    '',
  ])
})
