import { expect, test } from 'vitest'
import { endOfProcesses, hasTimeFor } from './time-limit.ts'

test('fresh processes have most of the time of the test', () => {
  const endByMs = endOfProcesses(1_000, 5_000)
  expect(endByMs).toBe(5_000)
  expect(hasTimeFor(1_000, endByMs, 3_800)).toBe(true)
  expect(hasTimeFor(1_000, endByMs, 3_801)).toBe(false)
})

test.each([0, Number.POSITIVE_INFINITY])(
  'a test with the time limit %d has time for all of them, also over IPC',
  (timeoutMs) => {
    const { endByMs } = JSON.parse(JSON.stringify({ endByMs: endOfProcesses(1_000, timeoutMs) }))
    expect(endByMs).toBeUndefined()
    expect(hasTimeFor(3_600_000, endByMs, Date.now())).toBe(true)
  },
)
