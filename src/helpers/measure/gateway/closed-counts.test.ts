import { expect, test } from 'vitest'
import { countsOf } from '../../budgets/test-measurement.ts'
import { disagreementOf } from './closed-counts.ts'

const route = { league: 'equalised', connections: 4, checked: { bytesIn: 190, bytesOut: 240 } } as const

test('what the upstream got is what the gateway asked for', () => {
  expect(disagreementOf(route, { asked: 1_000, failed: 0 }, countsOf('axios'), 0)).toBeUndefined()
  expect(disagreementOf(route, { asked: 1_001, failed: 0 }, countsOf('axios'), 0)).toBe(
    '1001 requests were asked for, the target got 1000',
  )
})

test('of calls that failed nobody knows how far they came', () => {
  const got = (asked: number, failed: number) => disagreementOf(route, { asked, failed }, countsOf('axios'), 0)
  expect(got(1_000, 3)).toBeUndefined()
  expect(got(1_003, 3)).toBeUndefined()
  expect(got(1_004, 3)).toBe('1004 calls were made, of which 3 failed, and the upstream got 1000')
  expect(got(999, 3)).toBe('999 calls were made, of which 3 failed, and the upstream got 1000')
})

test.each([
  ['requests that could not be parsed', { parseErrors: 2 }, 0, 'the target could not parse 2 requests'],
  [
    'more connections than there may be',
    { openConnections: 5 },
    0,
    'leaked sockets: 5 connections were open with nothing in flight, the cap is 4',
  ],
  ['connections that stay open', {}, 3, 'leaked sockets: 3 connections were still open after the client was closed'],
])('calls that failed excuse no %s', (_, counted, leftOpen, problem) => {
  expect(disagreementOf(route, { asked: 1_000, failed: 3 }, countsOf('axios', counted), leftOpen)).toBe(problem)
})
