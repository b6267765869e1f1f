import { expect, test } from 'vitest'
import {
  invalidMeasurement,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  retentionOf,
  soloOf,
} from '../budgets/test-measurement.ts'
import { cutTo } from './cut.ts'

const load = [1, 2, 3].map((seed) => ({ seed, clients: [loadOf('axios', 2_000)] }))
const grown = measurementOf({
  pair: pairOf({
    replicates: [0.9, 0.95, 1].map((share) => replicateOf(share)),
    retention: [retentionOf(), retentionOf({ listeners: 6 })],
    solo: [0.9, 1].map(soloOf),
  }),
  load,
})

test('a measurement is cut to the first replicates of each kind', () => {
  expect(cutTo(grown, { pair: 2, load: 1, retention: 1, solo: 0 })).toEqual({
    ...grown,
    pair: pairOf({ replicates: [replicateOf(0.9), replicateOf(0.95)], retention: [retentionOf()], solo: [] }),
    load: load.slice(0, 1),
  })
})

test('a measurement that has no more stays as it is', () => {
  const enough = { pair: 3, load: 8, retention: 2, solo: 4 }
  expect(cutTo(grown, enough)).toEqual(grown)
  const unpaired = measurementOf({ pair: { state: 'same files' } })
  expect(cutTo(unpaired, enough)).toEqual(unpaired)
  expect(cutTo(invalidMeasurement(), { ...enough, load: 0 })).toEqual(invalidMeasurement())
})
