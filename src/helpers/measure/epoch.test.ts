import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.useRealTimers())

test('the time of the epoch is the real one, also for a module that is loaded when the clock is faked', async () => {
  const before = Date.now()
  vi.useFakeTimers({ now: 0 })
  const { epochMs } = await import('./epoch.ts')
  expect(Date.now()).toBe(0)
  expect(epochMs()).toBeGreaterThanOrEqual(before)
})
