import { describe, expect, test } from 'vitest'
import { benchArm, taskNamed } from './bench-arm.ts'
import { testClock } from './test-clock.ts'

test('a synchronous batch is timed as a whole, without a turn of the event loop', async () => {
  const clock = testClock(100)
  const arm = benchArm({ name: 'one', fn: () => clock.pass(2) }, clock)
  expect(await arm.batch(1, 'run')).toBe(2)
  expect(await arm.batch(3, 'run')).toBe(6)
})

test('an asynchronous batch is one call after the other, and the turn of the event loop after it is not in its time', async () => {
  const clock = testClock(100)
  let inFlight = 0
  const fn = async (): Promise<void> => {
    expect(++inFlight).toBe(1)
    await Promise.resolve()
    clock.pass(2)
    inFlight--
  }
  const arm = benchArm({ name: 'one', fn }, clock)
  expect(await arm.batch(1, 'run')).toBe(2)
  expect(await arm.batch(3, 'run')).toBe(6)
  expect(clock.now()).toBe(208)
})

test('a function that is said to be synchronous is not waited for', async () => {
  const clock = testClock(100)
  const fn = async (): Promise<void> => clock.pass(2)
  const arm = benchArm({ name: 'one', fn, fnOpts: { async: false } }, clock)
  expect(await arm.batch(3, 'run')).toBe(6)
})

test('what hooks around each call take is not in its time', async () => {
  const clock = testClock()
  const seen: string[] = []
  const hook = (name: string) => (mode?: string) => {
    seen.push(`${name} ${mode}`)
    clock.pass(50)
  }
  const fnOpts = { beforeEach: hook('before'), afterEach: hook('after') }
  const arm = benchArm({ name: 'one', fn: () => clock.pass(2), fnOpts }, clock)
  expect(arm.single).toBe(true)
  expect(await arm.batch(1, 'warmup')).toBe(2)
  expect(seen).toEqual(['before warmup', 'after warmup'])
})

test('a duration that a call says goes before the clock', async () => {
  const clock = testClock()
  const fn = () => {
    clock.pass(10)
    return { overriddenDuration: 4 }
  }
  const arm = benchArm({ name: 'one', fn }, clock)
  expect(arm.single).toBe(false)
  expect(await arm.batch(1, 'run')).toBe(4)
  expect(arm.single).toBe(true)
})

describe('the task that functions and hooks are given', () => {
  test('has its name', async () => {
    const names: unknown[] = []
    function fn(this: { name?: unknown } | undefined): void {
      names.push(this?.name)
    }
    await benchArm({ name: 'one', fn }, testClock()).batch(2, 'run')
    await benchArm({ name: 'one', fn }, testClock()).batch(1, 'run')
    expect(new Set(names)).toEqual(new Set(['one']))
  })

  test('says that it has nothing else', () => {
    expect(() => taskNamed('one').runs).toThrow('a task has a name, and no runs')
  })
})
