import { describe, expect, test } from 'vitest'
import { type DecisionBasis, openCase } from './judgement.ts'
import { judgeScattering, type ScatteringEvidence } from './scattering.ts'
import { judgingBy, measurementOf } from './test-measurement.ts'
import { UsageError } from './usage-error.ts'

const evidence: ScatteringEvidence = {
  gains: [0, 0, 0],
  evidence: 'pair',
  tunedScatter: 0.01,
  distances: { tolerates: 0.03, catches: 0.1 },
  scale: 'throughput',
  expected: 1,
  unit: 'ratio',
  compared: 'one with another',
  binding: true,
  inWords: (gain) => `changed by ${gain.toFixed(3)}`,
}

function judged(changes: Partial<ScatteringEvidence>, context = judgingBy()) {
  const opened = openCase(measurementOf(), 'a budget', context)
  if ('state' in opened) throw new Error('closed')
  return judgeScattering(opened, { ...evidence, ...changes })
}

const gains = (count: number, gain: number): number[] => Array.from({ length: count }, () => gain)

describe('a value that scatters', () => {
  test('says how many more replicates would decide it while it is open', () => {
    const verdict = judged({ gains: gains(3, -0.095) })
    expect(verdict).toMatchObject({
      state: 'inconclusive',
      reason: 'changed by -0.095, and the bounds that decide reach both what is tolerated and what is caught',
      openTo: { evidence: 'pair', replicates: 3, missing: 3 },
    })
    expect(judged({ gains: gains(3, 0) }).openTo).toBeUndefined()
  })

  test('does not say so while noise is what keeps it open', () => {
    const noisy = { ...judgingBy(), runNoise: () => 'its own A/A pairs scatter' }
    expect(judged({ gains: gains(3, -0.095) }, noisy).openTo?.missing).toBe(Number.POSITIVE_INFINITY)
    expect(judged({ gains: [-0.2, 0, -0.2] }).openTo?.missing).toBe(Number.POSITIVE_INFINITY)
  })

  test('that is a difference has its limits in its unit, with the bounds in order', () => {
    const verdict = judged({
      scale: 'share',
      expected: 0,
      tunedScatter: 0.002,
      distances: { tolerates: 0.02, catches: 0.04 },
      unit: 'share of batches',
      gains: gains(3, -0.005),
    })
    const { low = 0, high = 0 } = verdict.measured ?? {}
    expect(verdict).toMatchObject({ state: 'pass', expected: 0, tolerates: 0.02, catches: 0.04 })
    expect(low).toBeLessThan(0.005)
    expect(high).toBeGreaterThan(0.005)
  })

  test('that only informs passes unless it is surely beyond twice what is caught', () => {
    expect(judged({ binding: false, gains: gains(6, -0.15) }).state).toBe('pass')
    expect(judged({ binding: false, gains: gains(6, -0.5) }).state).toBe('regressed')
  })
})

describe('a budget that tolerates less than four standard errors', () => {
  test('is refused, with the least that it could tolerate', () => {
    // 4 × 0.02 / √6 = 0.0327, which is a worsening of 3.21 %: there is no red before the second look.
    expect(() => judged({ tunedScatter: 0.02 })).toThrow(
      new UsageError(
        'axios small-4, a budget: tolerates 3 %, less than the noise of this budget: it scattered by 0.02 between ' +
          'processes at tuning, so that 3.3 % is the least that can be tolerated (four standard errors of 6 replicates)',
      ),
    )
  })

  test('counts the error of an expected value that was estimated', () => {
    expect(() => judged({ tunedScatter: 0.013 })).not.toThrow()
    expect(() => judged({ tunedScatter: 0.013, tunedReplicates: 4 })).toThrow(UsageError)
  })

  test('is let through on another machine class, whose scatter is not known', () => {
    expect(() => judged({ tunedScatter: 0.02 }, judgingBy(undefined, 'another'))).not.toThrow()
  })
})

test('whoever asks is told what a decision rests on, as it is decided on', () => {
  const told: DecisionBasis[] = []
  judged({ tunedReplicates: 40 }, { ...judgingBy(undefined, 'another'), onDecision: (basis) => told.push(basis) })
  expect(told).toEqual([
    {
      client: 'axios',
      scenario: 'small-4',
      budget: 'a budget',
      evidence: 'pair',
      scale: 'throughput',
      gains: [0, 0, 0],
      scatter: 0.02,
      tunedReplicates: 40,
      limits: { tolerates: Math.log(0.97), catches: Math.log(0.9) },
      looks: [3, 6, 12],
    },
  ])
})
