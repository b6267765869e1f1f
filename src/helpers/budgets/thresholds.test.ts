import { expect, test } from 'vitest'
import { type ByteThresholds, byteDistancesOf, distancesOf, type Percent } from './thresholds.ts'
import { UsageError } from './usage-error.ts'

test('percentages are read as shares, with and without a space', () => {
  expect(distancesOf({ tolerates: '1.5 %', catches: '5%' }, 'budget', 'throughput')).toEqual({
    tolerates: 0.015,
    catches: 0.05,
  })
  expect(distancesOf({ tolerates: '0 %', catches: '99 %' }, 'budget', 'throughput')).toEqual({
    tolerates: 0,
    catches: 0.99,
  })
})

test.each<[unknown, unknown, string]>([
  ['5 %', '5 %', 'tolerates (5 %) must be below catches (5 %)'],
  ['6 %', '5 %', 'tolerates (6 %) must be below catches (5 %)'],
  ['1.5', '5 %', `tolerates is "1.5"; expected a percentage below 100 such as '1.5 %'`],
  ['-1 %', '5 %', `tolerates is "-1 %"; expected a percentage below 100 such as '1.5 %'`],
  [0.015, '5 %', `tolerates is 0.015; expected a percentage below 100 such as '1.5 %'`],
  ['1 %', '100 %', `catches is "100 %"; expected a percentage below 100 such as '1.5 %'`],
  ['1 %', '5 percent', `catches is "5 percent"; expected a percentage below 100 such as '1.5 %'`],
  ['1 %', undefined, `catches is undefined; expected a percentage below 100 such as '1.5 %'`],
])('tolerates %j with catches %j is refused', (tolerates, catches, problem) => {
  const read = () =>
    distancesOf({ tolerates: tolerates as Percent, catches: catches as Percent }, 'axios small-4, allocated bytes')
  expect(read).toThrow(new UsageError(`axios small-4, allocated bytes: ${problem}`))
})

test('distances in bytes are taken as they stand', () => {
  expect(byteDistancesOf({ tolerates: 0, catches: 200 }, 'retained')).toEqual({ tolerates: 0, catches: 200 })
})

test.each([
  [{ tolerates: '20', catches: 200 }, 'retained: tolerates is "20"; expected a number of bytes per request'],
  [{ tolerates: -1, catches: 200 }, 'retained: tolerates is -1; expected a number of bytes per request'],
  [{ tolerates: 20, catches: Number.NaN }, 'retained: catches is null; expected a number of bytes per request'],
  [{ tolerates: 200, catches: 200 }, 'retained: tolerates (200) must be below catches (200)'],
])('distances in bytes of %j are a wrong spec', (thresholds, problem) => {
  expect(() => byteDistancesOf(thresholds as ByteThresholds, 'retained')).toThrow(new UsageError(problem))
})

test('what is stated beside is refused, and not left out', () => {
  const relative = { tolerates: '1 %', catches: '5 %', strict: true } as const
  const bytes = { tolerates: 1, catches: 5, atLeast: undefined } as const
  const problem = (key: string) =>
    new UsageError(`budget: there is no threshold "${key}"; expected tolerates and catches`)
  expect(() => distancesOf(relative, 'budget')).toThrow(problem('strict'))
  expect(() => byteDistancesOf(bytes, 'budget')).toThrow(problem('atLeast'))
})

test('a cost may grow by 100 % or more', () => {
  const doubled = { tolerates: '100 %', catches: '250 %' } as const
  expect(distancesOf(doubled, 'p99', 'cost')).toEqual({ tolerates: 1, catches: 2.5 })
  expect(() => distancesOf(doubled, 'p99', 'share')).toThrow(UsageError)
})
