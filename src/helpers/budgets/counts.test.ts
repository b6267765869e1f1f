import { expect, test } from 'vitest'
import { ownCounts, perRequest } from './counts.ts'
import { countsOf, measurementOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const noReference = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const

test('a client that was not measured has no counts', () => {
  expect(ownCounts(measurementOf({ load: [], ...noReference }))).toEqual([])
})

test('a counter per request is a share of all requests', () => {
  expect(perRequest(countsOf('axios'), 'bytesOut')).toBe(240)
})

test('a counter per request of nothing but mocked requests is a wrong spec', () => {
  const untouched = countsOf('axios-msw', { requests: 0, connections: 0, bytesIn: 0, bytesOut: 0 })
  expect(() => perRequest(untouched, 'bytesIn')).toThrow(
    new UsageError(
      'axios-msw: no request reached the target, so that none has connections or bytes; state other costs',
    ),
  )
})
