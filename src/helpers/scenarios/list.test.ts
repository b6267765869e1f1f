import { describe, expect, test } from 'vitest'
import { answerTo, expectedAnswer } from '../targets/answers.ts'
import { delayed2ms, download1mLimit, headers40, post10k, scenarios } from './list.ts'

test('every scenario of the suite has a name of its own', () => {
  expect(scenarios.map(({ name }) => name)).toEqual([
    'sequential',
    'small-4',
    'small-64',
    'post-10k',
    'headers-40',
    'download-1m',
    'download-1m-limit',
    'delayed-2ms',
    'tls-16',
    'delay-5ms',
    'idle',
    'no-keepalive',
    'gzip',
    'burst-512',
    'burst-512-warm',
    'burst-512-tls',
    'sweep',
    'gateway',
    'gateway-wrk',
    'mock-1',
    'mock-retention',
    'mock-handlers',
    'mock-passthrough',
    'mock-listen',
    'mock-restored',
    'mock-scopes',
    'mock-regexp',
  ])
})

describe.each(scenarios)('the scenario $name', (scenario) => {
  test('is data that crosses to another process unchanged', () => {
    expect(structuredClone(scenario)).toEqual(scenario)
  })

  test('asks the target for something that it answers with 200', () => {
    expect(expectedAnswer(scenario).status).toBe(200)
  })

  test('has header names in lower case', () => {
    for (const name of Object.keys(scenario.headers)) expect(name).toBe(name.toLowerCase())
  })
})

test('post-10k posts JSON of exactly 10,000 bytes', () => {
  expect(Buffer.byteLength(post10k.body ?? '')).toBe(10_000)
  expect(() => JSON.parse(post10k.body ?? '')).not.toThrow()
})

test('headers-40 sends 40 headers', () => {
  expect(Object.keys(headers40.headers)).toHaveLength(40)
})

test('download-1m-limit stays within the limit that it sets', () => {
  const bytes = Buffer.byteLength(expectedAnswer(download1mLimit).text)
  expect(bytes).toBe(1_000_000)
  expect(download1mLimit.responseLimitBytes).toBeGreaterThan(bytes)
})

test('delayed-2ms is answered after 2 ms, and asks for one thing at a time', () => {
  const { method, path, batchRequests } = delayed2ms
  expect(answerTo({ method, path, contentType: undefined, body: Buffer.alloc(0) }).delayMs).toBe(2)
  expect(batchRequests).toBe(1)
})
