import { expect, test } from 'vitest'
import { mapInterval } from './interval.ts'

test('an interval of log-ratios becomes one of ratios, at the same level', () => {
  const logs = { estimate: 0, low: -Math.LN2, high: Math.LN2, level: 0.9 }
  const ratios = mapInterval(logs, Math.exp)
  expect(ratios.estimate).toBe(1)
  expect(ratios.low).toBeCloseTo(0.5, 12)
  expect(ratios.high).toBeCloseTo(2, 12)
  expect(ratios.level).toBe(0.9)
})
