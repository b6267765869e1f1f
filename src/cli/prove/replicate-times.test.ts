import { expect, test } from 'vitest'
import { measurementOf, pairOf } from '../../helpers/budgets/test-measurement.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { replicateTimes } from './replicate-times.ts'

/** A measurement with 3 pairs, 1 of retention and 2 loads, or some of them. */
function taking(durationMs: number, pair: boolean, loads: number): CompletedMeasurement {
  const whole = measurementOf({ pair: pair ? pairOf() : { state: 'same files' } })
  return { ...whole, durationMs, load: whole.load.slice(0, loads) }
}

test('kinds that come in different numbers are told apart', () => {
  const { load } = replicateTimes([taking(16_000, true, 2), taking(13_000, true, 1), taking(6_000, false, 2)])
  expect(load).toBeCloseTo(3_000, -1)
})

test('kinds that always come together keep the proportions that the effort states, and their sum is right', () => {
  const measurement = taking(20_000, true, 0)
  const { pair, retention, solo } = replicateTimes([measurement])
  if (measurement.pair.state !== 'measured') throw new Error('expected a pair')
  const { replicates, retention: retained, solo: alone } = measurement.pair
  expect(replicates.length * pair + retained.length * retention + alone.length * solo).toBeCloseTo(20_000)
  expect(pair / retention).toBeCloseTo(2_300 / 3_000)
})

test('a kind that was never measured takes what the effort states', () => {
  expect(replicateTimes([taking(6_000, false, 2)]).solo).toBe(2_500)
})
