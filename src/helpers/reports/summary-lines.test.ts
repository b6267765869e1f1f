import { expect, test } from 'vitest'
import { invalidMeasurement, judgingBy, measurementOf, replicateOf } from '../budgets/test-measurement.ts'
import { judgeAgainstClient, judgeAgainstReference } from '../budgets/throughput.ts'
import type { Entry } from '../session/entry.ts'
import { summaryLines } from './summary-lines.ts'

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const

/** A measurement at a share of its reference, judged against the reference and http. */
function entryAt(share: number, sameFiles: boolean, stealShare: number): Entry {
  const replicates = [1, 2, 3].map(() => replicateOf(share))
  const measurement = measurementOf({
    pair: { state: 'measured', sameFiles, replicates },
    machineState: { loadAverage: 0, stealShare },
  })
  return {
    measurement,
    verdicts: [
      judgeAgainstReference(measurement, thresholds, judgingBy()),
      judgeAgainstClient(measurement, 'http', { tolerates: '20 %', catches: '30 %' }, judgingBy()),
    ],
  }
}

test('a green run is one line, and the stolen time', () => {
  expect(summaryLines([entryAt(1, false, 0.012), entryAt(1, true, 0.31)])).toEqual([
    '2 measurements, 4 budgets: 4 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 1, false reds 0',
    'stolen time: at most 31 % of the cores in a measurement',
  ])
})

test('what did not pass has a line each, and false reds are counted apart', () => {
  const invalid = invalidMeasurement()
  const entries = [
    entryAt(0.85, false, 0.01),
    entryAt(0.85, true, 0.02),
    { measurement: invalid, verdicts: [judgeAgainstReference(invalid, thresholds, judgingBy())] },
  ]
  expect(summaryLines(entries)).toEqual([
    '3 measurements (1 invalid), 5 budgets: 2 pass, 1 regressed, 0 inconclusive, 1 invalid; A/A pairs 1, false reds 1',
    'regressed: axios small-4, throughput against reference: throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
    'false red: axios small-4, throughput against reference: throughput is 15.0 % below what is expected, wholly beyond what is tolerated',
    'invalid: axios small-4, throughput against reference: axios: hung: no answer for 10 s in blocks',
    'stolen time: at most 2.0 % of the cores in a measurement',
  ])
})

test('an invalid measurement that nobody judged counts, with its reason', () => {
  expect(summaryLines([{ measurement: invalidMeasurement(), verdicts: [] }])).toEqual([
    '1 measurement (1 invalid), 0 budgets: 0 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 0, false reds 0',
    'invalid: axios small-4: axios: hung: no answer for 10 s in blocks',
  ])
})

test('off Linux nothing is said of stolen time', () => {
  const measurement = measurementOf({ machineState: { loadAverage: 0 } })
  expect(summaryLines([{ measurement, verdicts: [] }])).toEqual([
    '1 measurement, 0 budgets: 0 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 0, false reds 0',
  ])
})
