import { describe, expect, test } from 'vitest'
import { scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import { measureRetained } from './retained.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

const four = scenario({ name: 'four', inFlight: 4 })

/** Arms whose requests take so many milliseconds; `current` keeps 300 bytes of each and has 5,000 more resident. */
function stage({ requestMs = 1, seed = 1 } = {}) {
  const memory = { now: 0, heapBytes: 9_000_000, residentBytes: 80_000_000 }
  const order: string[] = []
  const arm = (name: string, kept: number, resident: number, port: number) => ({
    ...armOf(name, async () => {
      if (order.at(-1) !== name) order.push(name)
      memory.now += requestMs
      memory.heapBytes += kept
      memory.residentBytes += resident
      return goodReply
    }),
    port,
  })
  const meters = {
    clock: { now: () => memory.now, turn: () => Promise.resolve() },
    random: randomFrom(seed),
    progress: newProgress(),
    collectedMemory: async () => ({ ...memory }),
    mostListeners: (port: number): number | undefined => port,
  }
  return { arms: [arm('current', 300, 5_000, 9), arm('reference', 0, 0, 8)], meters, order, memory }
}

describe('what arms leave behind', () => {
  test('is a series of memory in use over the own requests of each, beginning at 0', async () => {
    const { arms, meters } = stage()
    // 1,000 requests in 8 intervals, in whole batches of 4.
    expect(await measureRetained(arms, four, meters)).toEqual([
      {
        arm: 'current',
        requestsPerPoint: 128,
        retainedBytes: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((point) => point * 128 * 300),
        residentBytes: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((point) => point * 128 * 5_000),
        listeners: 9,
      },
      {
        arm: 'reference',
        requestsPerPoint: 128,
        retainedBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0],
        residentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0],
        listeners: 8,
      },
    ])
    expect(meters.progress.phase).toBe('retention')
  })

  test('does not count what an arm keeps only while it is the one that runs', async () => {
    const { arms, meters, order } = stage()
    // Whichever arm ran last holds 40 kB until the other runs.
    const held = { current: 40_000, reference: 0 } as Record<string, number>
    const { collectedMemory } = meters
    const holding = async () => {
      const memory = await collectedMemory()
      return { ...memory, heapBytes: memory.heapBytes + (held[order.at(-1) ?? ''] ?? 0) }
    }
    const [current, reference] = await measureRetained(arms, four, { ...meters, collectedMemory: holding })
    expect(current?.retainedBytes.at(-1)).toBe(8 * 128 * 300)
    expect(reference?.retainedBytes.at(-1)).toBe(0)
  })

  test('has the listeners on sockets that are open right after the own requests, whatever closes while the other runs', async () => {
    const { arms, meters, order } = stage()
    // A socket is open only as long as its own arm is the one that runs.
    const open = { current: 9, reference: 8 } as Record<string, number>
    const mostListeners = (port: number) => (open[order.at(-1) ?? ''] === port ? port : undefined)
    const retained = await measureRetained(arms, four, { ...meters, mostListeners })
    expect(retained).toMatchObject([{ listeners: 9 }, { listeners: 8 }])
  })

  test('has no listeners where no socket is open', async () => {
    const { arms, meters } = stage()
    const retained = await measureRetained(arms, four, { ...meters, mostListeners: () => undefined })
    for (const each of retained) expect(each).not.toHaveProperty('listeners')
  })

  test('is measured over 60 ms an interval with fast clients, and over 200 ms at most with slow ones', async () => {
    const requestsWith = async (requestMs: number) => {
      const { arms, meters } = stage({ requestMs })
      return (await measureRetained(arms, four, meters)).map(({ requestsPerPoint }) => requestsPerPoint)
    }
    expect(await requestsWith(1 / 16)).toEqual([960, 960])
    expect(await requestsWith(5)).toEqual([40, 40])
    expect(await requestsWith(1_000)).toEqual([12, 12])
  })

  test('is measured of one arm after the other, in an order that a seed repeats', async () => {
    const orderOf = async (seed: number) => {
      const { arms, meters, order } = stage({ seed })
      await measureRetained(arms, four, meters)
      return order.slice(-2).join(' ')
    }
    expect(await orderOf(3)).toBe(await orderOf(3))
    const orders = new Set(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(orderOf)))
    expect(orders).toEqual(new Set(['current reference', 'reference current']))
  })
})
