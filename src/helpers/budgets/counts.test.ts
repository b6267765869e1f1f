import { expect, test } from 'vitest'
import { ownCounts, perRequest } from './counts.ts'
import { countsOf, measurementOf } from './test-measurement.ts'

const noReference = { pair: { state: 'no reference', reason: 'it comes with Node', treeChanged: false } } as const

test('a client that was not measured has no counts', () => {
  expect(ownCounts(measurementOf({ load: [], ...noReference }))).toEqual([])
})

test('a counter per request is a share of all requests', () => {
  expect(perRequest(countsOf('axios'), 'bytesOut')).toBe(240)
})
