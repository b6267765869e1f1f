import { expect, test } from 'vitest'
import { parseThrottledNs, parseThrottledUsec, throttledMs } from './throttling.ts'

/** In the form that the kernel documents for control groups 2 with a quota. */
const two = `usage_usec 2904718
user_usec 2104901
system_usec 799817
nr_periods 58
nr_throttled 55
throttled_usec 2763412
nr_bursts 0
burst_usec 0
`

/** In the form recorded in the root of control groups 1, with a quota's counts in the place of zeros. */
const one = 'nr_periods 12\nnr_throttled 3\nthrottled_time 151000000\nnr_bursts 0\nburst_time 0\n'

test('the time under a quota is read in microseconds from control groups 2', () => {
  expect(parseThrottledUsec(two)).toBe(2_763.412)
})

test('the time under a quota is read in nanoseconds from control groups 1', () => {
  expect(parseThrottledNs(one)).toBe(151)
})

test.each([
  ['no quota can be set, as in the root of control groups 2', 'usage_usec 2904718\nuser_usec 1\nsystem_usec 2\n'],
  ['nothing can be read', ''],
])('it is absent where %s', (_, stat) => {
  expect(parseThrottledUsec(stat)).toBeUndefined()
  expect(parseThrottledNs(stat)).toBeUndefined()
})

test('here it is a time, or absent', () => {
  expect(throttledMs() ?? 0).toBeGreaterThanOrEqual(0)
})
