import { expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import { measureAllocation } from './allocation.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

const four = scenario({ name: 'four', inFlight: 4 })

/** A clock on which every request takes a millisecond: 15 batches of 4 of each arm fill 60 ms an arm. */
function stage() {
  let allocated = 5_000
  let now = 0
  const order: string[] = []
  const arm = (name: string, bytes: number) =>
    armOf(name, async () => {
      if (order.at(-1) !== name) order.push(name)
      allocated += bytes
      now++
      return goodReply
    })
  const arms = [arm('current', 78), arm('reference', 60)]
  const clock = { now: () => now, turn: () => Promise.resolve() }
  return { arms, order, clock, allocatedBytes: () => allocated, progress: newProgress() }
}

test('each arm gets the bytes that its own requests allocated, per request', async () => {
  const { arms, ...meters } = stage()
  expect(await measureAllocation(arms, four, { ...meters, random: randomFrom(1) })).toEqual([
    { arm: 'current', requests: 300, allocatedBytesPerRequest: 78 },
    { arm: 'reference', requests: 300, allocatedBytesPerRequest: 60 },
  ])
})

test('each arm has five segments of as many batches as it completes in 60 ms before, and all are noted', async () => {
  const { arms, progress, ...meters } = stage()
  await measureAllocation(arms, four, { ...meters, progress, random: randomFrom(1) })
  expect(arms.map(({ asked }) => asked)).toEqual([360, 360])
  expect(progress).toMatchObject({ phase: 'allocation', beats: 720 })
})

test('each arm makes as many requests as asked for, rounded to whole batches in every segment', async () => {
  const { arms, ...meters } = stage()
  const extent = { requests: 58 }
  const allocation = await measureAllocation(arms, four, { ...meters, random: randomFrom(1) }, extent)
  expect(allocation.map(({ requests }) => requests)).toEqual([60, 60])
})

test('the arms take turns in an order that a seed repeats', async () => {
  const orderOf = async (seed: number) => {
    const { arms, order, ...meters } = stage()
    await measureAllocation(arms, four, { ...meters, random: randomFrom(seed) })
    return order.join(' ')
  }
  expect(await orderOf(3)).toBe(await orderOf(3))
  const orders = new Set(await Promise.all([1, 2, 3, 4, 5].map(orderOf)))
  expect(orders.size).toBeGreaterThan(1)
})

test('where Node cannot tell, nothing is sent and nothing returned', async () => {
  const { arms, ...meters } = stage()
  expect(await measureAllocation(arms, four, { ...meters, allocatedBytes: undefined, random: randomFrom(1) })).toEqual(
    [],
  )
  expect(arms.map(({ asked }) => asked)).toEqual([0, 0])
})
