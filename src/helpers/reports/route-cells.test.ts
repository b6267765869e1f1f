import { expect, test } from 'vitest'
import { loadOf, serviceOf, windowOf } from '../budgets/test-measurement.ts'
import type { LatencyAtRate } from '../measure/result.ts'
import { ratesOf, routeColumns } from './route-cells.ts'

const latency: LatencyAtRate = {
  requestsPerSecond: 1_000,
  requests: 2_000,
  errors: 1,
  p50Ms: 6.123,
  p90Ms: 8.5,
  p99Ms: 31.25,
  sentLateP99Ms: 1.5,
  generatorBusy: 0.4,
}
const windows = [1_900, 2_400].map((perSecond) => windowOf(perSecond, { clientBusy: 0.9, targetBusy: 0.21 }))
const route = loadOf('axios', 0, {
  windows,
  service: { ...serviceOf({ timeouts: 2 }), latencyAtHalfCapacity: latency },
})
const cells = (loads = [route]) => Object.fromEntries(routeColumns.map(({ head, cell }) => [head, cell(loads)]))

test('a route has its figures in cells, medians with the range where there are several', () => {
  expect(cells()).toEqual({
    'requests/s (range)': '2,150 (1,900 … 2,400)',
    errors: '5',
    'loop delay p99 ms': '5.00',
    '/ping beside p99 ms': '8.00',
    'at half capacity p50/p90/p99 ms': '6.12 / 8.50 / 31.3 (1,000/s)',
    'generator busy': '20 %',
    'gateway busy': '90 %',
    'upstream busy': '21 %',
  })
  expect(ratesOf([route, route])).toEqual([1_900, 2_400, 1_900, 2_400])
})

test('one window has no range, and wrk no latencies', () => {
  const [first] = windows
  const byWrk = loadOf('axios', 0, { windows: first ? [first] : [], service: serviceOf() })
  expect(cells([byWrk])).toMatchObject({
    'requests/s (range)': '1,900',
    'at half capacity p50/p90/p99 ms': '–',
    errors: '0',
  })
})

test.each([
  ['had no time to spare', { generatorBusy: 0.97 }],
  ['was late by half of them', { sentLateP99Ms: 15.7 }],
])('latencies of a sender that %s are told to be its own', (_, changes) => {
  const late = { ...serviceOf(), latencyAtHalfCapacity: { ...latency, ...changes } }
  expect(cells([{ ...route, service: late }])['at half capacity p50/p90/p99 ms']).toBe(
    '6.12 / 8.50 / 31.3 (1,000/s, the sender’s own)',
  )
})

test('latencies are withheld where too many requests failed, and the failures are told', () => {
  const { p50Ms, p90Ms, p99Ms, ...without } = latency
  const failing = { ...serviceOf(), latencyAtHalfCapacity: { ...without, errors: 60 } }
  expect(cells([{ ...route, service: failing }])).toMatchObject({
    'at half capacity p50/p90/p99 ms': 'withheld (1,000/s, 3.0 % failed)',
    errors: '60',
  })
})
