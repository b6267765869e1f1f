import { expect, test } from 'vitest'
import { mock1 } from '../scenarios/mocks.ts'
import { measureOwnRetention } from './own-retention.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

/** A client that keeps 300 bytes of each request and adds a listener. */
function stage() {
  const state = { heapBytes: 9_000_000, residentBytes: 0, listeners: 12, turns: 0, sinceTurn: 0, mostATurn: 0 }
  const arm = armOf('axios-msw', async () => {
    state.heapBytes += 300
    state.listeners++
    state.mostATurn = Math.max(state.mostATurn, ++state.sinceTurn)
    return goodReply
  })
  const meters = {
    clock: {
      now: () => 0,
      turn: async () => {
        state.sinceTurn = 0
      },
    },
    progress: newProgress(),
    collectedMemory: async () => ({ heapBytes: state.heapBytes, residentBytes: state.residentBytes }),
    mostListeners: () => state.listeners,
  }
  return { arm, meters, state }
}

test('what a client leaves behind is a series over 10,000 requests or more, and the listeners after them', async () => {
  const { arm, meters } = stage()
  // In whole batches of 8; a first interval does not count.
  const retention = await measureOwnRetention(arm, mock1, meters)
  expect(retention).toEqual({
    requestsPerPoint: 1_256,
    retainedBytes: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((point) => point * 1_256 * 300),
    mostListeners: 12 + 9 * 1_256,
  })
  expect(arm.asked).toBe(9 * 1_256)
  expect(meters.progress.phase).toBe('own retention')
})

test('the event loop comes round meanwhile', async () => {
  const { arm, meters, state } = stage()
  await measureOwnRetention(arm, mock1, meters)
  expect(state.mostATurn).toBe(64)
})
