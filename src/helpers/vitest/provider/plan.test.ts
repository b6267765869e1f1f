import { expect, test } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import { planOf, refuseUnknown } from './plan.ts'

test('what nobody said is as in tinybench', () => {
  expect(planOf()).toEqual({
    timeMs: 1_000,
    iterations: 64,
    warmUp: { timeMs: 250, iterations: 16 },
    retainSamples: false,
  })
})

test('what was said is honoured', () => {
  const { signal } = new AbortController()
  const [setup, teardown] = [() => {}, () => {}]
  const counts = { time: 5, iterations: 6, warmupTime: 7, warmupIterations: 8 }
  const plan = planOf({ ...counts, signal, setup, teardown, retainSamples: true, throws: true, name: 'group' })
  const warmUp = { timeMs: 7, iterations: 8 }
  expect(plan).toEqual({ timeMs: 5, iterations: 6, warmUp, retainSamples: true, signal, setup, teardown })
})

test('there is no warm-up where none is wanted', () => {
  expect(planOf({ warmup: false })).not.toHaveProperty('warmUp')
})

test('an option of a run goes before the configuration', () => {
  expect(planOf({}, true).retainSamples).toBe(true)
  expect(planOf({ retainSamples: false }, true).retainSamples).toBe(false)
})

test.each<[object, string]>([
  [{ concurrency: 'task' }, '`concurrency`: benchmarks take turns, one call at a time'],
  [{ threshold: 4 }, '`threshold`: it belongs to concurrency'],
  [{ now: () => 0 }, '`now`: all arms are timed by the clock of the process'],
  [{ timestampProvider: 'hrtimeNow' }, '`timestampProvider`: all arms are timed'],
  [{ subtractTimerOverhead: true }, '`subtractTimerOverhead`: the clock is read once a batch'],
  [{ itrations: 5 }, '`itrations`: nobody knows it'],
])('%j is refused by its name', (options, told) => {
  expect(() => planOf(options)).toThrow(UsageError)
  expect(() => planOf(options)).toThrow(told)
})

test.each([{ concurrency: null }, { subtractTimerOverhead: false }, { threshold: Number.POSITIVE_INFINITY }])(
  '%j asks for what is done anyhow',
  (options) => {
    expect(planOf(options)).toEqual(planOf())
  },
)

test.each([{ time: -1 }, { iterations: Number.NaN }, { warmupTime: Number.POSITIVE_INFINITY }])(
  '%j is no amount',
  (options) => {
    expect(() => planOf(options)).toThrow('expected a number of 0 or more')
  },
)

test('an option of a benchmark that nobody knows is refused, too', () => {
  expect(() => refuseUnknown({ beforeeach: () => {} })).toThrow('does not take the option `beforeeach`')
  expect(() => refuseUnknown({ beforeEach: () => {}, async: true })).not.toThrow()
})
