import { expect, test } from 'vitest'
import { measurementOf } from '../budgets/test-measurement.ts'
import type { Evidence, Measurement } from '../measure/result.ts'
import { GrowingMeasurement, recordedMeasurement } from './measured.ts'

test('a measurement that grows is what was measured last', async () => {
  const asked: (readonly Evidence[])[] = []
  const measured = new GrowingMeasurement(measurementOf({ seed: 1 }), async ({ seed }, evidence) => {
    asked.push(evidence)
    return measurementOf({ seed: seed + 1 })
  })
  expect(await measured.more(['pair'])).toEqual({ state: 'measured' })
  expect(await measured.more(['load', 'solo'])).toEqual({ state: 'measured' })
  expect(measured.measurement.seed).toBe(3)
  expect(asked).toEqual([['pair'], ['load', 'solo']])
})

test('a measurement that can grow no more stays as it is, with the reason', async () => {
  const first = measurementOf()
  const measured = new GrowingMeasurement(first, async () => ({ state: 'ended', reason: 'all looks were taken' }))
  expect(await measured.more(['pair'])).toEqual({ state: 'ended', reason: 'all looks were taken' })
  expect(measured.measurement).toBe(first)
})

test('asked while it is at it, it measures once, and again when it is asked later', async () => {
  let looks = 0
  let finish = (_: Measurement): void => {}
  const measured = new GrowingMeasurement(measurementOf(), () => {
    looks++
    const { promise, resolve } = Promise.withResolvers<Measurement>()
    finish = resolve
    return promise
  })
  const asked = [measured.more(['pair']), measured.more(['load'])]
  finish(measurementOf())
  expect(await Promise.all(asked)).toEqual([{ state: 'measured' }, { state: 'measured' }])
  expect(looks).toBe(1)
  const later = measured.more(['load'])
  finish(measurementOf())
  await later
  expect(looks).toBe(2)
})

test('a look that fails leaves what was measured, and does not keep others from asking', async () => {
  const first = measurementOf()
  let broken = true
  const measured = new GrowingMeasurement(first, async () => {
    if (broken) throw new Error('interrupted')
    return measurementOf({ seed: 9 })
  })
  await expect(measured.more(['pair'])).rejects.toThrow('interrupted')
  expect(measured.measurement).toBe(first)
  broken = false
  await measured.more(['pair'])
  expect(measured.measurement.seed).toBe(9)
})

test('a measurement of an earlier run has no more to give', async () => {
  const measured = recordedMeasurement(measurementOf({ seed: 5 }))
  expect(await measured.more(['pair'])).toEqual({ state: 'ended', reason: 'it was recorded earlier' })
  expect(measured.measurement.seed).toBe(5)
})
