import { expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import type { Arm } from './arm.ts'
import { measureBlocks } from './blocks.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

/** Two arms on one clock that stands still but for recorded times: of each arm's requests and of the loop's turn. */
function stage(timesMs: { current: readonly number[]; reference: readonly number[]; turn?: number }) {
  let now = 1_000
  const order: string[] = []
  const arm = (name: 'current' | 'reference'): Arm => {
    let sent = 0
    return armOf(name, async () => {
      if (order.at(-1) !== name) order.push(name)
      now += timesMs[name][sent++ % timesMs[name].length] ?? Number.NaN
      return goodReply
    })
  }
  const clock = {
    now: () => now,
    turn: async () => {
      order.push('turn')
      now += timesMs.turn ?? 0
    },
    sleep: async (ms: number) => {
      order.push('sleep')
      now += ms
    },
  }
  return { arms: [arm('current'), arm('reference')], clock, order, progress: newProgress() }
}

const oneByOne = scenario({ name: 'one by one', inFlight: 1 })

test('every arm gets the times of its own batches, in microseconds to a tenth', async () => {
  const { arms, clock, progress } = stage({ current: [1, 2.00004, 3], reference: [4, 5, 6.12345] })
  const blocks = await measureBlocks(arms, oneByOne, 20, { clock, random: randomFrom(1), progress })
  expect(blocks).toEqual({
    arms: [
      { arm: 'current', batchUs: [1_000, 2_000, 3_000] },
      { arm: 'reference', batchUs: [4_000, 5_000, 6_123.5] },
    ],
  })
})

test('a batch holds all its requests and one turn of the event loop after them', async () => {
  const { arms, clock, progress } = stage({ current: [1], reference: [2], turn: 0.5 })
  const three = scenario({ name: 'three', inFlight: 1, batchRequests: 3 })
  const blocks = await measureBlocks(arms, three, 1, { clock, random: randomFrom(1), progress })
  expect(blocks.arms.map(({ batchUs }) => batchUs)).toEqual([[3_500], [6_500]])
})

test('the last block is completed for every arm when the time is over', async () => {
  const { arms, clock, progress } = stage({ current: [10], reference: [10] })
  const blocks = await measureBlocks(arms, oneByOne, 21, { clock, random: randomFrom(1), progress })
  expect(blocks.arms.map(({ batchUs }) => batchUs.length)).toEqual([2, 2])
})

test('an arm lies idle before each of its batches where the scenario has a pause, which is no part of their times', async () => {
  const { arms, clock, order, progress } = stage({ current: [1], reference: [2] })
  const idle = scenario({ name: 'idle', inFlight: 1, pauseMs: 20 })
  const blocks = await measureBlocks(arms, idle, 43, { clock, random: randomFrom(1), progress })
  expect(blocks.arms.map(({ batchUs }) => batchUs)).toEqual([[1_000], [2_000]])
  expect(order.filter((_, place) => place % 3 === 0)).toEqual(['sleep', 'sleep'])
})

test('arms that have made the most requests of their scenario make no more, however much time is left', async () => {
  const { arms, clock, progress } = stage({ current: [1], reference: [1] })
  const bounded = scenario({ name: 'bounded', inFlight: 1, batchRequests: 2, mostRequests: 6 })
  await measureBlocks(arms, bounded, 1_000, { clock, random: randomFrom(1), progress })
  expect(arms.map(({ asked }) => asked)).toEqual([6, 6])
})

test('what was asked for is noted at the arm, and progress beats with every reply', async () => {
  const { arms, clock, progress } = stage({ current: [1], reference: [1] })
  const four = scenario({ name: 'four', inFlight: 2, batchRequests: 4 })
  await measureBlocks(arms, four, 16, { clock, random: randomFrom(1), progress })
  expect(arms.map(({ asked }) => asked)).toEqual([8, 8])
  expect(progress).toMatchObject({ phase: 'blocks', beats: 16 })
})

test('the order inside each block is drawn, and a seed repeats it', async () => {
  const orderOf = async (seed: number) => {
    const { arms, clock, order, progress } = stage({ current: [1], reference: [1] })
    await measureBlocks(arms, oneByOne, 80, { clock, random: randomFrom(seed), progress })
    return order.filter((name) => name !== 'turn')
  }
  const order = await orderOf(4)
  const first = order.filter((_, place) => place % 2 === 0)
  const second = order.filter((_, place) => place % 2 === 1)
  expect(first).toHaveLength(40)
  expect(first.every((name, block) => name !== second[block])).toBe(true)
  expect(first.filter((name) => name === 'current').length).toBeGreaterThan(10)
  expect(first.filter((name) => name === 'reference').length).toBeGreaterThan(10)
  expect(await orderOf(4)).toEqual(order)
  expect(await orderOf(5)).not.toEqual(order)
})

test('the first failure of a client ends it', async () => {
  const { arms, clock, progress } = stage({ current: [1], reference: [1] })
  const broken = armOf('broken', () => Promise.reject(new Error('reset')))
  await expect(
    measureBlocks([...arms, broken], oneByOne, 10, { clock, random: randomFrom(1), progress }),
  ).rejects.toThrow(new Error('reset'))
  expect(progress.arm).toBe('broken')
})
