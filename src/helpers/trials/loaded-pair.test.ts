import { expect, test } from 'vitest'
import { http } from '../clients/http.ts'
import type { Window } from '../measure/job.ts'
import { sequential } from '../scenarios/list.ts'
import { loadedLogRatio, measureLoadedPair } from './loaded-pair.ts'

const windowOf = (requests: number): Window => ({
  requests,
  durationMs: 250,
  clientCpuUsPerRequest: 300,
  targetCpuUsPerRequest: 20,
  clientBusy: 1,
  targetBusy: 0.1,
})

test('the estimate is the median over rounds, so that one wrecked window does not count', () => {
  const rounds = [
    { current: windowOf(950), reference: windowOf(1_000) },
    { current: windowOf(100), reference: windowOf(1_000) },
    { current: windowOf(1_900), reference: windowOf(2_000) },
  ]
  expect(loadedLogRatio(rounds)).toBeCloseTo(Math.log(0.95), 12)
})

test('both arms are loaded in every round, each in a process of its own', async () => {
  const job = { scenario: sequential, seed: 7, requestTimeoutMs: 5_000 }
  const trees = { current: process.cwd(), reference: process.cwd() }
  const effort = { warmUpMs: 20, rounds: 2, rampMs: 5, windowMs: 20 }
  const pair = await measureLoadedPair(http, job, trees, effort, new AbortController().signal)
  expect(pair.seed).toBe(7)
  expect(pair.rounds).toHaveLength(2)
  expect(pair.rounds.flatMap(({ current, reference }) => [current.requests > 0, reference.requests > 0])).not.toContain(
    false,
  )
}, 30_000)

test('given up, it leaves no process and throws', async () => {
  const job = { scenario: sequential, seed: 7, requestTimeoutMs: 5_000 }
  const trees = { current: process.cwd(), reference: process.cwd() }
  const effort = { warmUpMs: 20, rounds: 2, rampMs: 5, windowMs: 20 }
  await expect(measureLoadedPair(http, job, trees, effort, AbortSignal.abort())).rejects.toThrow('http')
})
