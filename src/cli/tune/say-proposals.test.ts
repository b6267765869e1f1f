import { describe, expect, test } from 'vitest'
import { lackingLine, leftOutLine } from './say-proposals.ts'

describe('what was left out', () => {
  test('is a file, a part of it, or the runs of another machine', () => {
    const file = '/project/reports/a.json'
    expect(leftOutLine({ file, reason: 'was broken off' }, '/project')).toBe('left out: reports/a.json was broken off')
    expect(leftOutLine({ file, reason: 'it was noisy', part: 'axios small-4' }, '/project')).toBe(
      'left out: axios small-4 in reports/a.json: it was noisy',
    )
    expect(leftOutLine({ file, reason: '', others: '2 runs of big' }, '/project')).toBe('left out: 2 runs of big')
  })

  test('stays text whatever it is called', () => {
    expect(leftOutLine({ file: '/a\u001b[31m.json', reason: 'is' }, '/')).toBe('left out: a\\u{1b}[31m.json is')
  })
})

describe('what runs tell too little about', () => {
  const lack = (client: string, budget: string, reason: string) => ({ client, scenario: 'small-4', budget, reason })

  test('is told by reason, each once, with a hint where it is about pairs', () => {
    const http = 'throughput against http'
    const reference = 'throughput against reference'
    const noPair = 'no run has an A/A pair that tells its scatter'
    const clients = ['a', 'b', 'c', 'd'].map((client) => lack(client, http, `${http}: no run has measured it`))
    expect(lackingLine([...clients, lack('a', reference, `${reference}: ${noPair}`)])).toBe(`\
these runs tell too little about some of what is stated, which stays as it is (5):
  no run has measured it: a small-4, throughput against http; b small-4, throughput against http; c small-4, throughput against http; and 1 more
  no run has an A/A pair that tells its scatter: a small-4, throughput against reference
  against the reference it takes A/A pairs, which \`wiregauge tune\` measures of every client`)
  })

  test('has no hint about pairs where none is missing', () => {
    expect(lackingLine([lack('a', 'request bytes', 'requestBytes: not the same in every run: 1, 2')])).toBe(`\
these runs tell too little about some of what is stated, which stays as it is (1):
  requestBytes: not the same in every run: 1, 2: a small-4, request bytes`)
  })
})
