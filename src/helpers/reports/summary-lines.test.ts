import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../budgets/reference-throughput.ts'
import {
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairAt,
  pairOf,
  replicateOf,
} from '../budgets/test-measurement.ts'
import { judgeAgainstClient } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from '../session/entry.ts'
import { summaryLines } from './summary-lines.ts'

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const

/** A measurement at a share of its reference after the second look, judged against the reference and http. */
function entryAt(share: number, sameFiles: boolean, stealShare: number): Entry {
  const measurement = measurementOf({
    pair: pairAt(share, { sameFiles }),
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

test('a green run is one line, and how noisy it was', () => {
  expect(summaryLines([entryAt(1, false, 0.012), entryAt(1, true, 0.19)])).toEqual([
    '2 measurements, 4 budgets: 4 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 1, false reds 0',
    'noise: equal code differed by 0.0 % (root mean square of 6 A/A replicates), at most by 0.0 %',
    'stolen time: at most 19 % of the cores in a measurement',
  ])
})

test('budgets that only inform are counted, with why', () => {
  const { measurement } = entryAt(1, false, 0.01)
  const verdict = judgeAgainstClient(
    measurement,
    'http',
    { tolerates: '20 %', catches: '30 %' },
    judgingBy(undefined, 'another'),
  )
  expect(summaryLines([{ measurement, verdicts: [verdict] }])).toContain(
    '1 of 1 budget only inform here, such as axios small-4, throughput against http: another machine than the tuned one (class another, tuned on tuned)',
  )
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
    'noise: equal code differed by 16 % (root mean square of 6 A/A replicates), at most by 16 %',
    'stolen time: at most 2.0 % of the cores in a measurement',
  ])
})

test('what has no reference yet is counted, and told', () => {
  const reason = './src/api.ts is not at the merge base with main'
  const pair = { state: 'no reference', reason, treeChanged: true, isNew: true } as const
  const measurement = measurementOf({ pair })
  const verdicts = [judgeAgainstReference(measurement, thresholds, judgingBy())]
  expect(summaryLines([{ measurement, verdicts }]).slice(0, 2)).toEqual([
    '1 measurement, 1 budget: 0 pass, 0 regressed, 0 inconclusive, 0 invalid, 1 without a reference yet; A/A pairs 0, false reds 0',
    `no reference yet: axios small-4, throughput against reference: ${reason}`,
  ])
})

test('a budget that gates nothing any more is counted among the inconclusive, and told to be blind', () => {
  const { measurement, verdicts } = entryAt(1, false, 0.01)
  const undecided = verdicts.map((verdict): Verdict => ({ ...verdict, state: 'inconclusive', reason: 'too noisy' }))
  const blind = undecided.map((verdict, place) => (place === 0 ? { ...verdict, blind: true } : verdict))
  expect(summaryLines([{ measurement, verdicts: blind }])).toEqual([
    '1 measurement, 2 budgets: 0 pass, 0 regressed, 2 inconclusive (1 blind), 0 invalid; A/A pairs 0, false reds 0',
    'blind: axios small-4, throughput against reference: too noisy',
    'inconclusive: axios small-4, throughput against http: too noisy',
    'stolen time: at most 1.0 % of the cores in a measurement',
  ])
})

test('the noise of equal code is what it differed by, whatever its sign', () => {
  const replicates = [1.02, 0.98, 1, 1].map((share) => replicateOf(share))
  const measurement = measurementOf({
    pair: pairOf({ sameFiles: true, replicates }),
    machineState: { loadAverage: 0 },
  })
  expect(summaryLines([{ measurement, verdicts: [] }]).at(-1)).toBe(
    'noise: equal code differed by 1.4 % (root mean square of 4 A/A replicates), at most by 2.0 %',
  )
})

test('a processor that was held back is told, with the worst of the run', () => {
  const at = (throttledShare: number): Entry => ({
    measurement: measurementOf({ machineState: { loadAverage: 0, throttledShare } }),
    verdicts: [],
  })
  expect(summaryLines([at(0.01), at(0.12), at(0)]).at(-1)).toBe('throttled: at most 12 % of the time of a measurement')
})

test('an invalid measurement that nobody judged counts, with its reason', () => {
  expect(summaryLines([{ measurement: invalidMeasurement(), verdicts: [] }])).toEqual([
    '1 measurement (1 invalid), 0 budgets: 0 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 0, false reds 0',
    'invalid: axios small-4: axios: hung: no answer for 10 s in blocks',
  ])
})

test('off Linux nothing is said of stolen time, nor of throttling', () => {
  const measurement = measurementOf({ machineState: { loadAverage: 0 } })
  expect(summaryLines([{ measurement, verdicts: [] }])).toEqual([
    '1 measurement, 0 budgets: 0 pass, 0 regressed, 0 inconclusive, 0 invalid; A/A pairs 0, false reds 0',
  ])
})
