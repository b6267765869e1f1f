import { expect, test } from 'vitest'
import { cutRuns } from './cut-runs.ts'

const startedAt = '2026-11-22T13:00:00.000Z'
const complete = { startedAt, state: 'complete', exitCode: 0 } as const
const partial = { startedAt: '2026-11-22T12:00:00.000Z', state: 'partial', exitCode: 130 } as const
const killed = { startedAt: '2026-11-22T11:00:00.000Z', state: 'running' } as const

test('of a history the last run counts', () => {
  expect(cutRuns({ runs: [partial, complete], shards: false, exitCode: 0 })).toEqual([])
  expect(cutRuns({ runs: [complete, partial], shards: false, exitCode: 0 })).toEqual([
    'the run of 2026-11-22 12:00 UTC is partial',
  ])
})

test('of shards every one counts', () => {
  expect(cutRuns({ runs: [killed, partial, complete], shards: true, exitCode: 0 })).toEqual([
    'the run of 2026-11-22 11:00 UTC goes on or was killed',
    'the run of 2026-11-22 12:00 UTC is partial',
  ])
})

test('a shard that ended otherwise than its results tell is told', () => {
  const runs = [complete, { ...complete, exitCode: 3 }]
  expect(cutRuns({ runs, shards: true, exitCode: 0 })).toEqual([
    'the run of 2026-11-22 13:00 UTC ended with exit code 3',
  ])
  expect(cutRuns({ runs, shards: true, exitCode: 3 })).toEqual([])
  expect(cutRuns({ runs, shards: false, exitCode: 0 })).toEqual([])
})
