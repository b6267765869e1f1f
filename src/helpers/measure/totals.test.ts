import { describe, expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'
import { measureTotals } from './totals.ts'

const four = scenario({ name: 'four', inFlight: 4 })

/**
 * Arms on which every request takes a millisecond: 13 batches of 4 of each arm fill 50 ms an arm. A request of `current`
 * costs 3 ms of CPU, one of `reference` 2 ms, and each 0.5 ms of the target's. A collection of what is young takes 5.2 ms.
 */
function stage({ seed = 1 } = {}) {
  const spent = { now: 0, cpu: 0, target: 0 }
  const order: string[] = []
  const arm = (name: string, cpuMs: number) =>
    armOf(name, async () => {
      if (order.at(-1) !== name) order.push(name)
      spent.now++
      spent.cpu += cpuMs + 0.5
      spent.target += 0.5
      return goodReply
    })
  const young = (): void => {
    spent.now += 5.2
    spent.cpu += 5.2
  }
  const arms = [arm('current', 3), arm('reference', 2)]
  const meters = {
    clock: { now: () => spent.now, turn: () => Promise.resolve() },
    collector: { young },
    random: randomFrom(seed),
    progress: newProgress(),
    processCpuMs: () => spent.cpu,
    target: async () => ({ counters: [], clockMs: 0, cpuMs: spent.target }),
  }
  return { arms, order, meters }
}

describe('totals', () => {
  test('are what the own requests of each arm cost, per request, its young garbage included', async () => {
    const { arms, meters } = stage()
    // A segment has 52 requests, so that 5.2 ms of collection are 100 µs a request.
    const common = { requests: 624, wallUsPerRequest: expect.closeTo(1_100, 6) }
    expect(await measureTotals(arms, four, meters)).toEqual([
      { ...common, arm: 'current', clientCpuUsPerRequest: expect.closeTo(3_100, 6) },
      { ...common, arm: 'reference', clientCpuUsPerRequest: expect.closeTo(2_100, 6) },
    ])
  })

  test('are taken over twelve segments of as many batches as each arm completes in 50 ms before', async () => {
    const { arms, meters } = stage()
    await measureTotals(arms, four, meters)
    expect(arms.map(({ asked }) => asked)).toEqual([676, 676])
    expect(meters.progress).toMatchObject({ phase: 'totals', beats: 1_352 })
  })

  test('are taken over as many segments and requests as asked for, rounded to whole batches', async () => {
    const { arms, meters } = stage()
    const totals = await measureTotals(arms, four, meters, { segments: 3, requests: 61 })
    expect(totals.map(({ requests }) => requests)).toEqual([60, 60])
    expect(arms.map(({ asked }) => asked)).toEqual([112, 112])
  })

  test('are taken in turns, in an order that a seed repeats', async () => {
    const orderOf = async (seed: number) => {
      const { arms, order, meters } = stage({ seed })
      await measureTotals(arms, four, meters)
      return order.join(' ')
    }
    expect(await orderOf(3)).toBe(await orderOf(3))
    const orders = new Set(await Promise.all([1, 2, 3, 4, 5].map(orderOf)))
    expect(orders.size).toBeGreaterThan(1)
  })
})
