import { expect, test } from 'vitest'
import { invalidMeasurement } from '../budgets/test-measurement.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { badnessOf, notPassed } from './not-passed.ts'
import { entryAt } from './test-entry.ts'

test('the worst kind stands first, and of a kind what is furthest off', () => {
  const entries = [
    entryAt(1),
    entryAt(1, { state: 'inconclusive' }),
    entryAt(0.9),
    entryAt(0.8),
    entryAt(0.7, { sameFiles: true }),
    entryAt(1, { state: 'inconclusive', blind: true }),
    { measurement: invalidMeasurement('hung'), verdicts: [] },
  ]
  expect(notPassed(entries).map(({ entry, kind }) => [kind, entries.indexOf(entry)])).toEqual([
    ['invalid', 6],
    ['regressed', 3],
    ['regressed', 2],
    ['blind', 5],
    ['inconclusive', 1],
    ['false red', 4],
  ])
})

test('what is invalid tells its own reason', () => {
  expect(notPassed([{ measurement: invalidMeasurement('hung'), verdicts: [] }])).toMatchObject([{ reason: 'hung' }])
})

test('a drop is the worse the larger it is, and an improvement is not bad, be it what is to be high or low', () => {
  const [verdict] = entryAt(0.9).verdicts
  const cost = { expected: 100, tolerates: 103, catches: 106 }
  const measuredAt = (estimate: number) => ({ estimate, low: estimate, high: estimate, level: 0.95 })
  expect(badnessOf(verdict as Verdict)).toBeCloseTo(2)
  expect(badnessOf({ ...(verdict as Verdict), measured: measuredAt(1.3) })).toBeCloseTo(-6)
  expect(badnessOf({ ...(verdict as Verdict), ...cost, measured: measuredAt(112) })).toBeCloseTo(2)
  expect(badnessOf({ ...(verdict as Verdict), ...cost, measured: measuredAt(40) })).toBeCloseTo(-10)
})
