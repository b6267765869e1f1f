import { describe, expect, test } from 'vitest'
import { untouched } from '../targets/test-counters.ts'
import { type AskedWork, disagreement } from './equal-work.ts'

const asked: AskedWork = {
  league: 'equalised',
  connections: 4,
  requests: 100,
  intercepted: false,
  checked: { bytesIn: 190, bytesOut: 240 },
}

const counted = {
  connections: 4,
  openConnections: 4,
  peakConnections: 4,
  requests: 100,
  bytesIn: 19_000,
  bytesOut: 24_000,
  parseErrors: 0,
  fullHandshakes: 0,
  resumedHandshakes: 0,
}

describe('counters', () => {
  test('that tell what was asked for agree', () => {
    expect(disagreement(asked, counted, 0)).toBeUndefined()
  })

  test.each([
    ['too few requests', { requests: 99 }, '100 requests were asked for, the target got 99'],
    ['retried requests', { requests: 101 }, '100 requests were asked for, the target got 101'],
    ['unparsable requests', { parseErrors: 2 }, 'the target could not parse 2 requests'],
    [
      'more open connections than the cap',
      { openConnections: 7 },
      'leaked sockets: 7 connections were open with nothing in flight, the cap is 4',
    ],
    ['other answers', { bytesOut: 23_999 }, 'the answers took 23999 bytes, 100 like the checked one are 24000'],
    ['other requests', { bytesIn: 19_001 }, 'the requests took 19001 bytes, 100 like the checked one are 19000'],
  ])('that tell of %s disagree', (_, counters, sentence) => {
    expect(disagreement(asked, { ...counted, ...counters }, 0)).toBe(sentence)
  })

  test('disagree when connections outlive the client', () => {
    expect(disagreement(asked, counted, 3)).toBe(
      'leaked sockets: 3 connections were still open after the client was closed',
    )
  })

  test('may tell of more connections than the cap in all and at the peak: lost keep-alive is a cost', () => {
    const lost = { ...counted, connections: 100, peakConnections: 9, openConnections: 0 }
    expect(disagreement(asked, lost, 0)).toBeUndefined()
  })

  test('of a client as shipped may tell of more open connections than the cap, and of some after its end', () => {
    const shipped: AskedWork = { ...asked, league: 'as shipped' }
    expect(disagreement(shipped, { ...counted, openConnections: 7 }, 3)).toBeUndefined()
  })
})

describe('counters of what a mock was to answer', () => {
  const intercepted: AskedWork = { ...asked, intercepted: true, checked: { bytesIn: 0, bytesOut: 0 } }

  test('agree where the target saw nothing', () => {
    expect(disagreement(intercepted, untouched, 0)).toBeUndefined()
  })

  test.each([
    ['a request', { requests: 1, connections: 1 }, 'got 1 over 1 connections'],
    ['a mere connection', { connections: 1 }, 'got 0 over 1 connections'],
  ])('disagree where it saw %s', (_, seen, end) => {
    const sentence = `100 requests were to be answered by the mock, the target ${end}`
    expect(disagreement(intercepted, { ...untouched, ...seen }, 0)).toBe(sentence)
  })
})
