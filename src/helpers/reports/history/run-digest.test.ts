import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import { invalidMeasurement, judgingBy, measurementOf, pairOf, replicateOf } from '../../budgets/test-measurement.ts'
import { newRunRecord } from '../run-record.ts'
import { runDigest, worstOf } from './run-digest.ts'

const record = { ...newRunRecord(7), startedAt: '2026-11-22T12:00:00.000Z' }
const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const

test('of a run stays what its history is drawn from', () => {
  const measurement = measurementOf({
    pair: pairOf({ sameFiles: true, replicates: [replicateOf(1.01), replicateOf(0.99)] }),
    machineState: { loadAverage: 1, stealShare: 0.1, throttledShare: 0.02 },
  })
  const verdicts = [judgeAgainstReference(measurement, thresholds, judgingBy())]
  expect(runDigest({ ...record, exitCode: 0, entries: [{ measurement, verdicts }] }, 'one.json')).toMatchObject({
    file: 'one.json',
    startedAt: '2026-11-22T12:00:00.000Z',
    exitCode: 0,
    noise: expect.closeTo(0.01, 3),
    stealShare: 0.1,
    throttledShare: 0.02,
    entries: [
      {
        client: 'axios',
        scenario: 'small-4',
        version: '1.21.1',
        ofControl: 0.2,
      },
    ],
  })
})

test('of what is invalid stays that it was measured', () => {
  const digest = runDigest({ ...record, entries: [{ measurement: invalidMeasurement(), verdicts: [] }] }, 'one.json')
  expect(digest.entries).toEqual([{ client: 'axios', scenario: 'small-4', verdict: 'invalid', budgets: 0 }])
  expect(digest).not.toHaveProperty('noise')
})

test('the worst verdict of several counts, and none at all is told', () => {
  const measurement = measurementOf()
  const pass = judgeAgainstReference(measurement, thresholds, judgingBy())
  expect(pass.state).toBe('pass')
  expect(worstOf({ measurement, verdicts: [pass] })).toBe('pass')
  expect(worstOf({ measurement, verdicts: [pass, { ...pass, state: 'inconclusive' }] })).toBe('inconclusive')
  expect(worstOf({ measurement, verdicts: [{ ...pass, state: 'inconclusive', blind: true }, pass] })).toBe('blind')
  expect(worstOf({ measurement, verdicts: [{ ...pass, state: 'regressed', sameFiles: true }] })).toBe('false red')
  expect(worstOf({ measurement, verdicts: [] })).toBe('not judged')
})
