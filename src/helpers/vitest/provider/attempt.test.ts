import type { BenchmarkGroup } from 'vitest'
import { expect, test } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import { attemptOf } from './attempt.ts'

type Test = BenchmarkGroup['test']

const begin = () => ({ seed: 7, beganMs: 0 })

test('all groups of a test are of one try', () => {
  const one = { result: { state: 'run', retryCount: 0, repeatCount: 0 } } as unknown as Test
  expect(attemptOf(one, begin)).toBe(attemptOf(one, begin))
  expect(attemptOf({} as Test, begin)).not.toBe(attemptOf(one, begin))
})

test.each([
  ['retry', { retryCount: 1, repeatCount: 0 }],
  ['repeats', { retryCount: 0, repeatCount: 1 }],
])('a test that Vitest runs again because of `%s` is refused', (option, counts) => {
  const again = { result: { state: 'run', ...counts } } as unknown as Test
  expect(() => attemptOf(again, begin)).toThrow(UsageError)
  expect(() => attemptOf(again, begin)).toThrow(`Vitest's \`${option}\``)
})
