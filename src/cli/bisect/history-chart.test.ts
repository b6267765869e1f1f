import { expect, test } from 'vitest'
import { historyChart } from './history-chart.ts'

const ratio = (estimate: number) => ({ estimate, low: estimate * 0.99, high: estimate * 1.01, level: 0.95 })

test('every version has its point in both charts and its row, and what was not measured a gap', () => {
  const points = [
    { version: '8.3.0', throughput: ratio(1.2), allocatedBytes: 12_400 },
    { version: '8.4.0', throughput: ratio(1.19), allocatedBytes: 12_400 },
    { version: '8.5.0', throughput: ratio(0.12), allocatedBytes: 22_400 },
    { version: '8.6.0' },
    { version: '8.7.0', throughput: ratio(1), allocatedBytes: 12_000 },
  ]
  expect(historyChart(points)).toMatchInlineSnapshot(`
    "throughput, % of the newest version
       ▲
    120┤        ●       ●
       │                                       ●
       │
       │
     60┤
       │
       │
       │                       ●
      0┤
       └────────┬───────┬──────┬───────┬───────┬▶
                1       2      3       4       5

    allocated, kB per request
      ▲
    22┤                       ●
      │
      │
      │
    11┤        ●       ●                      ●
      │
      │
      │
     0┤
      └────────┬───────┬──────┬───────┬───────┬▶
               1       2      3       4       5

    ┌───┬─────────┬─────────────────────────────┬────────┐
    │   │ version │          against the newest │  B/req │
    ├───┼─────────┼─────────────────────────────┼────────┤
    │ 1 │ 8.3.0   │ +20.0 % (+18.8 % … +21.2 %) │ 12,400 │
    ├───┼─────────┼─────────────────────────────┼────────┤
    │ 2 │ 8.4.0   │ +19.0 % (+17.8 % … +20.2 %) │ 12,400 │
    ├───┼─────────┼─────────────────────────────┼────────┤
    │ 3 │ 8.5.0   │ −88.0 % (−88.1 % … −87.9 %) │ 22,400 │
    ├───┼─────────┼─────────────────────────────┼────────┤
    │ 4 │ 8.6.0   │                not measured │      – │
    ├───┼─────────┼─────────────────────────────┼────────┤
    │ 5 │ 8.7.0   │    +0.0 % (−1.0 % … +1.0 %) │ 12,000 │
    └───┴─────────┴─────────────────────────────┴────────┘"
  `)
})

test('with nothing measured there is no chart but words', () => {
  const text = historyChart([{ version: '1.0.0\u001b' }])
  const [throughput, allocation, table] = text.split('\n\n')
  expect([throughput, allocation]).toEqual([
    'throughput, % of the newest version: nothing was measured',
    'allocated, kB per request: nothing was measured',
  ])
  expect(table).toContain('1.0.0\\u{1b}')
})

test('one version, and equal ones, can be drawn', () => {
  expect(historyChart([{ version: '1.0.0', throughput: ratio(1) }])).toContain('●')
  const equal = Array.from({ length: 60 }, (_, place) => ({ version: `1.${place}.0`, throughput: ratio(1) }))
  expect(historyChart(equal).split('●')).toHaveLength(61)
})
