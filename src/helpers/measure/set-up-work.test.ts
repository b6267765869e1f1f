import { expect, test } from 'vitest'
import { untouched } from '../targets/test-counters.ts'
import { noSetUp, withOpening, withoutSetUp } from './set-up-work.ts'

test('a token over the connection that is measured takes requests and bytes out, and leaves the connection', () => {
  const after = { ...untouched, connections: 1, openConnections: 1, requests: 1, bytesIn: 90, bytesOut: 120 }
  const setUp = withOpening(noSetUp, untouched, after)
  const counted = { ...after, requests: 11, bytesIn: 1_090, bytesOut: 2_120 }
  expect(withoutSetUp(counted, setUp)).toEqual({ ...counted, requests: 10, bytesIn: 1_000, bytesOut: 2_000 })
})

test('a connection that is gone when the client is open is taken out, with its handshake', () => {
  const after = { ...untouched, connections: 2, openConnections: 1, fullHandshakes: 1, resumedHandshakes: 1 }
  const setUp = withOpening(noSetUp, untouched, after)
  expect(withoutSetUp({ ...after, parseErrors: 1 }, setUp)).toEqual({
    ...untouched,
    connections: 1,
    openConnections: 1,
    fullHandshakes: 1,
    parseErrors: 1,
  })
})

test('what several openings took adds up, and what was measured in between stays', () => {
  const first = withOpening(noSetUp, untouched, { ...untouched, requests: 2, bytesIn: 20, bytesOut: 40 })
  const before = { ...untouched, requests: 12, bytesIn: 1_020, bytesOut: 2_040 }
  const both = withOpening(first, before, { ...before, requests: 13, bytesIn: 1_030, bytesOut: 2_060 })
  expect(both).toMatchObject({ requests: 3, bytesIn: 30, bytesOut: 60 })
  expect(withoutSetUp({ ...before, requests: 13, bytesIn: 1_030, bytesOut: 2_060 }, both).requests).toBe(10)
})
