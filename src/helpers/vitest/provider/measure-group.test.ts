import type { BenchRegistrationInput } from 'vitest'
import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../statistics/random.ts'
import { measureGroup, tryGroup } from './measure-group.ts'
import { type BenchPlan, planOf } from './plan.ts'
import { type TestClock, testClock } from './test-clock.ts'

const { signal } = new AbortController()

/** Measures functions whose calls take so many milliseconds, by name. */
async function measured(
  callMs: Readonly<Record<string, number>>,
  plan: BenchPlan,
  { share = 1, clock = testClock() }: { share?: number; clock?: TestClock } = {},
) {
  const order: string[] = []
  const registrations = Object.entries(callMs).map(([name, ms]) => ({
    name,
    fn: () => {
      order.push(name)
      clock.pass(ms)
    },
  }))
  const group = await measureGroup(registrations, plan, { clock, random: randomFrom(7), share, signal })
  return { arms: group.arms, order }
}

const withoutWarmUp = (options: object = {}): BenchPlan => planOf({ warmup: false, iterations: 0, ...options })

test('each block has one batch of every arm', async () => {
  const { arms } = await measured({ base: 0.125, head: 0.125, other: 0.125 }, withoutWarmUp({ time: 30 }))
  expect(arms.map(({ name, batchMs }) => [name, batchMs.length])).toEqual([
    ['base', 60],
    ['head', 60],
    ['other', 60],
  ])
})

test('the order within blocks is drawn', async () => {
  const { order } = await measured({ base: 1, head: 1 }, withoutWarmUp({ time: 50 }))
  const firsts = order.filter((_, place) => place % 2 === 0).slice(-40)
  expect(new Set(firsts)).toEqual(new Set(['base', 'head']))
})

test('a batch lasts about half a millisecond, with as many calls for every arm', async () => {
  const { arms } = await measured({ base: 0.05, head: 0.1 }, withoutWarmUp({ time: 10 }))
  expect(arms.map(({ calls }) => calls)).toEqual([5, 5])
})

test('an arm that is much faster than the others has more calls', async () => {
  const { arms } = await measured({ base: 0.5, head: 2 ** -10 }, withoutWarmUp({ time: 10 }))
  expect(arms.map(({ calls }) => calls)).toEqual([1, 103])
})

test.each<[string, Pick<BenchRegistrationInput, 'fnOpts'>, object | undefined]>([
  ['with a hook around each call', { fnOpts: { beforeEach: () => {} } }, undefined],
  ['that says its own duration', {}, { overriddenDuration: 0.05 }],
])('an arm %s has all arms of its group timed call by call', async (_, options, returned) => {
  const clock = testClock(1)
  const fn = (value?: object) => async () => {
    clock.pass(0.05)
    return value
  }
  const registrations = [
    { name: 'plain', fn: fn() },
    { name: 'other', fn: fn(returned), ...options },
  ] as unknown as BenchRegistrationInput[]
  const meters = { clock, random: randomFrom(7), share: 1, signal }
  for (const plan of [withoutWarmUp({ time: 10 }), planOf({ time: 10 })]) {
    const { arms } = await measureGroup(registrations, plan, meters)
    expect(arms.map(({ calls }) => calls)).toEqual([1, 1])
    for (const { batchMs } of arms) for (const ms of batchMs) expect(ms).toBeCloseTo(0.05, 9)
  }
})

test('a process has its share of time and iterations', async () => {
  const time = await measured({ base: 0.5 }, withoutWarmUp({ time: 60 }), { share: 1 / 6 })
  expect(time.arms[0]?.batchMs).toHaveLength(20)
  const iterations = await measured({ base: 1 }, withoutWarmUp({ time: 0, iterations: 60 }), { share: 1 / 6 })
  expect(iterations.arms[0]?.batchMs).toHaveLength(10)
})

test('every process warms up in full, by time and by calls', async () => {
  const clock = testClock()
  await measured({ base: 1 }, planOf({ time: 0, iterations: 1, warmupTime: 100, warmupIterations: 0 }), {
    clock,
    share: 0.1,
  })
  expect(clock.now()).toBeGreaterThanOrEqual(100)
  const { order } = await measured(
    { base: 1 },
    planOf({ time: 0, iterations: 1, warmupTime: 0, warmupIterations: 30 }),
    { share: 0.1 },
  )
  expect(order.length).toBeGreaterThanOrEqual(31)
})

describe('hooks', () => {
  const recorded = (seen: string[], name: string, fn: () => unknown = () => {}): BenchRegistrationInput => ({
    name,
    fn,
    fnOpts: {
      beforeAll: (mode) => void seen.push(`beforeAll ${name} ${mode}`),
      afterAll: (mode) => void seen.push(`afterAll ${name} ${mode}`),
    },
  })
  const planWith = (seen: string[], options: object = {}): BenchPlan =>
    planOf({
      time: 0,
      iterations: 1,
      setup: (task, mode) => void seen.push(`setup ${task?.name} ${mode}`),
      teardown: (task, mode) => void seen.push(`teardown ${task?.name} ${mode}`),
      ...options,
    })

  test('stand around the phases of all arms, because these take turns', async () => {
    const seen: string[] = []
    const clock = testClock()
    const arms = ['a', 'b'].map((name) => recorded(seen, name, () => clock.pass(1)))
    await measureGroup(arms, planWith(seen, { warmup: false }), { clock, random: randomFrom(1), share: 1, signal })
    expect(seen).toEqual([
      'setup a run',
      'beforeAll a run',
      'setup b run',
      'beforeAll b run',
      'afterAll a run',
      'teardown a run',
      'afterAll b run',
      'teardown b run',
    ])
  })

  test('end what they began when a benchmark throws', async () => {
    const seen: string[] = []
    const arm = recorded(seen, 'a', () => {
      throw new Error('refused')
    })
    await expect(tryGroup([arm], planWith(seen), testClock())).rejects.toThrow('refused')
    expect(seen.at(-1)).toBe('teardown a warmup')
  })
})

test('a signal of the run, of a benchmark or of the test ends it with its reason', async () => {
  const clock = testClock()
  const aborted = AbortSignal.abort(new Error('enough'))
  const fn = (): void => clock.pass(1)
  const meters = { clock, random: randomFrom(1), share: 1 }
  const runs = [
    measureGroup([{ name: 'a', fn }], planOf({ signal: aborted }), { ...meters, signal }),
    measureGroup([{ name: 'a', fn, fnOpts: { signal: aborted } }], planOf(), { ...meters, signal }),
    measureGroup([{ name: 'a', fn }], planOf(), { ...meters, signal: aborted }),
  ]
  for (const run of runs) await expect(run).rejects.toThrow('enough')
})
