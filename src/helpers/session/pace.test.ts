import { expect, test } from 'vitest'
import { invalidMeasurement, measurementOf, pairOf, replicateOf, soloOf } from '../budgets/test-measurement.ts'
import { Pace } from './pace.ts'

const grown = (durationMs: number, pairs: number, solos: number) =>
  measurementOf({
    durationMs,
    pair: pairOf({
      replicates: Array.from({ length: pairs }, () => replicateOf(1)),
      solo: Array.from({ length: solos }, () => soloOf(1)),
    }),
  })

test('a replicate of each kind takes what those of its kind took', () => {
  const pace = new Pace()
  pace.note('pair', grown(0, 0, 0), grown(3_000, 3, 0))
  pace.note('solo', grown(3_000, 3, 0), grown(8_000, 3, 2))
  pace.note('pair', grown(8_000, 3, 2), grown(13_000, 5, 2))
  expect(pace.replicateMs).toEqual({ pair: 1_600, solo: 2_500 })
})

test('what was not measured, or not to its end, takes nobody knows how long', () => {
  const pace = new Pace()
  pace.note('load', grown(0, 3, 0), grown(0, 3, 0))
  pace.note('pair', grown(0, 3, 0), invalidMeasurement())
  expect(pace.replicateMs).toEqual({})
})
