import { expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { measurePausedWindow } from './paused-window.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

const paused = scenario({ name: 'paused', inFlight: 1, batchRequests: 2, pauseMs: 20 })

/** An arm whose requests take so many milliseconds each. */
function stage(requestMs: number) {
  let now = 0
  const arm = armOf('axios', async () => {
    now += requestMs
    return goodReply
  })
  const clock = {
    now: () => now,
    turn: async () => {},
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const meters = {
    clock,
    progress: newProgress(),
    processCpuMs: () => now,
    threadCpuMs: () => now,
    target: async () => ({ counters: [], clockMs: 0, cpuMs: 0 }),
  }
  return { arm, meters }
}

test('a window with pauses has the time of its batches alone', async () => {
  const { arm, meters } = stage(2)
  expect(await measurePausedWindow(arm, paused, 100, meters)).toMatchObject({ requests: 10, durationMs: 20 })
  expect(arm.asked).toBe(10)
  expect(meters.progress).toMatchObject({ phase: 'window', arm: 'axios', beats: 10 })
})

test('it has one batch at least', async () => {
  const { arm, meters } = stage(2)
  expect(await measurePausedWindow(arm, paused, 0, meters)).toMatchObject({ requests: 2, durationMs: 4 })
})
