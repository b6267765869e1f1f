import { afterEach, expect, test, vi } from 'vitest'
import { remainingMs } from './in-turn.ts'
import { begin } from './test-session.ts'

afterEach(() => void vi.useRealTimers())

test('the time of a run goes by while a test has stopped the clocks', () => {
  const longAgo = Date.now() - 101_000
  vi.useFakeTimers({ now: longAgo })
  const { session } = begin({ capSeconds: 100, startedAtMs: longAgo })
  expect(remainingMs(session)).toBeLessThan(0)
})

test('a run begins when it really does, whatever day it is for a test', () => {
  vi.useFakeTimers({ now: 0 })
  const { session } = begin({ capSeconds: 100 })
  expect(remainingMs(session)).toBeGreaterThan(0)
})
