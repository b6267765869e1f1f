import { expect, test } from 'vitest'
import { scatteringEntries } from './budget-file.ts'
import { budgetAt, referenceKinds } from './kinds.ts'
import { pairOf, tunedThroughout } from './test-measurement.ts'

test('every kind finds its value at its place', () => {
  const values = new Map(scatteringEntries(tunedThroughout).map(({ place, value }) => [place, value]))
  for (const kind of referenceKinds) expect(kind.tuned(tunedThroughout)).toBe(values.get(kind.place))
})

test('every kind says that equal arms differ by nothing', () => {
  for (const kind of referenceKinds) expect(kind.gains(pairOf()).map(Math.abs)).toContain(0)
})

test('the name of a budget follows from the place of its value', () => {
  expect(budgetAt('tail/p90')).toBe('p90 batch time against reference')
  expect(budgetAt('against/undici-request')).toBe('throughput against undici-request')
  expect(budgetAt('allocatedBytesPerRequest')).toBe('allocated bytes')
  expect(budgetAt('pingBesideP99Ms')).toBe('/ping beside')
  expect(budgetAt('requestBytes')).toBe('request bytes')
  expect(budgetAt('solo')).toBeUndefined()
})
