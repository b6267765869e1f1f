import { expect, test } from 'vitest'
import { countsOf } from '../budgets/test-measurement.ts'
import { settledCounters } from './settled-counters.ts'

/** Reads of a target with two ports, at which so many connections are open; the last is repeated. */
function snapshots(...open: readonly (readonly [number, number])[]) {
  let reads = 0
  return {
    reads: () => reads,
    async read() {
      const now = open[Math.min(reads++, open.length - 1)] ?? []
      const counters = now.map((openConnections) => countsOf('axios', { openConnections }))
      return { counters, clockMs: 0, cpuMs: 0 }
    },
  }
}

test('counters are settled once no port has more connections than it may', async () => {
  const { read, reads } = snapshots([9, 3], [4, 3], [4, 2], [0, 0])
  const counters = await settledCounters(read, (place) => (place === 0 ? 4 : 2))
  expect(counters.map(({ openConnections }) => openConnections)).toEqual([4, 2])
  expect(reads()).toBe(3)
})

test('what does not settle is told as it is', async () => {
  const { read } = snapshots([1, 0])
  const counters = await settledCounters(read, () => 0)
  expect(counters.map(({ openConnections }) => openConnections)).toEqual([1, 0])
})
