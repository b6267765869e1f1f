import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import { invalidMeasurement, judgingBy, measurementOf } from '../../budgets/test-measurement.ts'
import type { Verdict } from '../../budgets/verdict.ts'
import type { Entry } from '../../session/entry.ts'
import { nothingLacks } from '../lacks.ts'
import { headline } from './headline.ts'

const measurement = measurementOf()
const pass = judgeAgainstReference(measurement, { tolerates: '1.5 %', catches: '5 %' }, judgingBy())

/** One measurement with a passing budget and one for each change. */
const entriesOf = (...changes: readonly Partial<Verdict>[]): readonly Entry[] => [
  { measurement, verdicts: [pass, ...changes.map((change) => ({ ...pass, ...change }))] },
]
const lineOf = (entries: readonly Entry[], exitCode = 0, lacks = nothingLacks) => headline({ entries, lacks, exitCode })

test('what is green says of how much', () => {
  expect(lineOf(entriesOf())).toBe('Nothing regressed: 1 budget of 1 measurement')
  expect(lineOf([...entriesOf(), ...entriesOf()])).toBe('Nothing regressed: 2 budgets of 2 measurements')
  expect(lineOf(entriesOf({ state: 'inconclusive' }))).toBe(
    'Nothing regressed: 2 budgets of 1 measurement, 1 inconclusive',
  )
})

test('what is red says how much of it', () => {
  expect(lineOf(entriesOf({ state: 'regressed' }), 1)).toBe('1 of 2 budgets regressed')
  const invalid = { measurement: invalidMeasurement(), verdicts: [] }
  expect(lineOf([...entriesOf({ state: 'regressed' }, { state: 'inconclusive' }), invalid], 4)).toBe(
    '1 of 3 budgets regressed, 1 of 2 measurements invalid, 1 inconclusive',
  )
})

test('a blind budget is red, and not one of the undecided', () => {
  expect(lineOf(entriesOf({ state: 'inconclusive', blind: true }), 3)).toBe('1 of 2 budgets blind')
})

test('a false red is none', () => {
  expect(lineOf(entriesOf({ state: 'regressed', sameFiles: true }))).toBe(
    'Nothing regressed: 2 budgets of 1 measurement',
  )
})

test('what is not whole is no green', () => {
  expect(lineOf(entriesOf(), 2, { missing: ['fetch'], cut: [] })).toBe('Not whole: 1 measurement missing or not judged')
  expect(lineOf(entriesOf(), 0, { missing: [], cut: ['the run of today is partial'] })).toBe(
    'Not whole: the run of today is partial',
  )
  expect(lineOf(entriesOf({ state: 'regressed' }), 2, { missing: ['fetch', 'http'], cut: ['one', 'two'] })).toBe(
    '1 of 2 budgets regressed, 2 measurements missing or not judged, 2 runs did not end as they should',
  )
})

test('another exit code than 0 is no green', () => {
  expect(lineOf(entriesOf({ state: 'inconclusive' }), 3)).toBe(
    'Not decided: 1 of 2 budgets of 1 measurement inconclusive',
  )
  expect(lineOf(entriesOf(), 130)).toBe('Not decided: exit code 130')
})
