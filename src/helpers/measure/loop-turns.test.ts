import { expect, test } from 'vitest'
import { withLoopTurns } from './loop-turns.ts'

/** A clock that stands still but for what is added, and turns when it is told to. */
function stage(next: () => void = () => {}) {
  const state = { now: 0, made: 0, failed: undefined as unknown, waiting: [] as (() => void)[] }
  const clock = {
    now: () => state.now,
    turn: () => new Promise<void>((resolve) => state.waiting.push(resolve)),
  }
  const go = withLoopTurns(
    () => {
      state.made++
      next()
    },
    (error) => {
      state.failed = error
    },
    clock,
  )
  const turn = async () => {
    for (const resolve of state.waiting.splice(0)) resolve()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { state, go, turn }
}

test('requests follow each other at once for 10 ms, then wait until the event loop has come round', async () => {
  const { state, go, turn } = stage()
  go()
  state.now = 9.9
  go()
  expect(state.made).toBe(2)
  state.now = 10
  go()
  go()
  expect(state.made).toBe(2)
  state.now = 12
  await turn()
  expect(state.made).toBe(4)
  state.now = 21.9
  go()
  expect(state.made).toBe(5)
  state.now = 22
  go()
  expect(state.made).toBe(5)
})

test('what a request throws after a turn is told', async () => {
  const { state, go, turn } = stage(() => {
    throw new Error('no socket')
  })
  expect(go).toThrow('no socket')
  state.now = 10
  go()
  await turn()
  expect(state.failed).toEqual(new Error('no socket'))
})
