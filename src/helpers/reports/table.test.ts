import { expect, test } from 'vitest'
import {
  countsOf,
  invalidMeasurement,
  judgingBy,
  loadOf,
  measurementOf,
  replicateOf,
} from '../budgets/test-measurement.ts'
import { judgeAgainstReference, judgePerSecond } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { resultTables } from './table.ts'

const axios = measurementOf({
  pair: { state: 'measured', sameFiles: false, replicates: [0.84, 0.85, 0.86].map((share) => replicateOf(share)) },
})
const undici = measurementOf({
  client: 'undici-request',
  pair: { state: 'measured', sameFiles: true, replicates: [0.995, 1, 1.005].map((share) => replicateOf(share)) },
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
    '│ axios          │      2,000 │    20 % │   5.0 % │  −15.0 % (−16.1 % … −13.9 %) │   75.0 │        190 │     4 │      20.0 │ regressed: throughput against reference │',
    '├────────────────┼────────────┼─────────┼─────────┼──────────────────────────────┼────────┼────────────┼───────┼───────────┼─────────────────────────────────────────┤',
    '│ axios-fetch    │          – │       – │       – │                            – │      – │          – │     – │         – │ invalid                                 │',
    '└────────────────┴────────────┴─────────┴─────────┴──────────────────────────────┴────────┴────────────┴───────┴───────────┴─────────────────────────────────────────┘',
    '',
    'small-4, as shipped',
    '┌────────────────────┬────────────┬─────────┬─────────┬───────────────────┬────────┬────────────┬────────┬───────────┬────────────┐',
    '│ client             │ requests/s │ of http │ of wire │ against reference │ kB/req │ sent B/req │  conns │ target µs │ verdict    │',
    '├────────────────────┼────────────┼─────────┼─────────┼───────────────────┼────────┼────────────┼────────┼───────────┼────────────┤',
    '│ node-fetch-default │      1,500 │    15 % │       – │        same files │   75.0 │        201 │ 12,345 │      20.0 │ not judged │',
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
