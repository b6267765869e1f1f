import { expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import { batchesWithin, runSegment } from './segment.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

const two = scenario({ name: 'two', inFlight: 2 })

/** Arms whose every request takes so many milliseconds. */
function stage(requestMs: number) {
  let now = 0
  let turns = 0
  const arm = (name: string) =>
    armOf(name, async () => {
      now += requestMs
      return goodReply
    })
  const turn = async () => {
    turns++
  }
  const meters = { clock: { now: () => now, turn }, random: randomFrom(1), progress: newProgress() }
  return { arms: [arm('current'), arm('reference')] as const, meters, turns: () => turns }
}

test('a segment is so many batches of one arm, and ends with a turn of the event loop', async () => {
  const { arms, meters, turns } = stage(1)
  await runSegment(arms[0], two, 7, meters)
  expect(arms.map(({ asked }) => asked)).toEqual([14, 0])
  expect(meters.progress).toMatchObject({ arm: 'current', beats: 14 })
  expect(turns()).toBe(1)
})

test('the batches that an arm completes in a time are found by as many of every arm', async () => {
  const { arms, meters } = stage(1)
  expect(await batchesWithin(60, arms, two, meters, 5)).toBe(30)
  expect(arms.map(({ asked }) => asked)).toEqual([60, 60])
})

test('they are at least one, however slow', async () => {
  const { arms, meters } = stage(5_000)
  expect(await batchesWithin(60, arms, two, meters, 5)).toBe(1)
})

test('they are no more than leave the segments together within the most requests of the scenario', async () => {
  const { arms, meters } = stage(1)
  const bounded = scenario({ name: 'bounded', inFlight: 2, mostRequests: 100 })
  expect(await batchesWithin(60, arms, bounded, meters, 5)).toBe(10)
  expect(await batchesWithin(60, arms, bounded, meters, 1_000)).toBe(1)
})
