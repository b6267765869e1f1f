import { describe, expect, test } from 'vitest'
import type { TunedScenario } from '../../helpers/budgets/budget-file.ts'
import type { Thresholds } from '../../helpers/budgets/thresholds.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import { proposalsFor } from './proposal.ts'
import { nullOf } from './test-tuning.ts'

const tuned: TunedScenario = {
  reference: { expected: 1, scatter: 0.005, replicates: 18 },
  requestsPerSecond: { expected: 2_000, scatter: 0.1, replicates: 10, lowest: 1_700 },
  requestBytes: { expected: 190 },
}
const proposed = (
  proposals: TunedScenario,
  { current = tuned, isTunedHere = true, reference = { tolerates: '1.5 %', catches: '5 %' } as Thresholds } = {},
) =>
  proposalsFor(
    {
      client: 'axios',
      scenario: 'small-4',
      stated: { reference, requestsPerSecond: 850, against: new Map() },
      current,
      proposed: proposals,
      runs: [nullOf([1.01]), nullOf([0.99, 1.01])],
    },
    { rates: { falseRed: 1e-6, missed: 0.01 }, effort: gateEffort, isTunedHere },
  )

describe('what is proposed', () => {
  test('stands beside what the file has, with what every run measured', () => {
    const [reference, limit, bytes] = proposed(tuned)
    expect(reference).toMatchObject({
      budget: 'throughput against reference',
      change: 'same',
      current: tuned.reference,
      promised: [{ isKept: true }],
      history: [expect.closeTo(1.01), expect.closeTo(1)],
    })
    expect(limit).toMatchObject({ budget: 'throughput per second', limit: { sound: 850 }, history: [2_000, 2_000] })
    expect(bytes).toMatchObject({ budget: 'request bytes', change: 'same', history: [190, 190] })
  })

  test('is new where the file has nothing', () => {
    const [first] = proposed(tuned, { current: {} })
    expect(first).toMatchObject({ change: 'new', what: [] })
    expect(first).not.toHaveProperty('current')
  })

  test('is refused where the spec promises more, whatever else it would be', () => {
    const noisier = { reference: { expected: 1, scatter: 0.05, replicates: 18 } }
    expect(proposed(noisier)).toMatchObject([{ change: 'refused', what: ['scatter 0.005 → 0.05'] }])
    const strict = { tolerates: '0.1 %', catches: '5 %' } as const
    expect(proposed(tuned, { reference: strict })[0]).toMatchObject({ change: 'refused', what: [] })
  })

  test('replaces what was tuned on another machine even where it is the same', () => {
    expect(proposed(tuned, { isTunedHere: false }).map(({ change }) => change)).toEqual([
      'tighter',
      'tighter',
      'tighter',
    ])
  })
})
