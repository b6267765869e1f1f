import { describe, expect, test } from 'vitest'
import { gateEffort, looksOf } from '../measure/effort.ts'
import { randomFrom } from '../statistics/random.ts'
import { replicateMean, standardErrorOf } from '../statistics/replicates.ts'
import { normalFrom } from '../statistics/test-normal.ts'
import { type Decision, decide, type ErrorRates, type Limits, type Looks, smallestCaught } from './decision.ts'

/** Whether decisions on simulated replicates keep the stated rates, look by look and over all looks. */

const scatter = 0.01
/** Those of the gate. */
const gateLooks = looksOf(gateEffort)
const trials = 4_000

/** Four standard deviations of a share of the trials. */
const chance = (rate: number): number => 4 * Math.sqrt((rate * (1 - rate)) / trials)

/** Takes one budget after the other through its looks; shares of the trials by decision, and of reds at each look. */
function simulated(truth: number, limits: Limits, rates: ErrorRates, seed: number, looks: Looks = gateLooks.pair) {
  const normal = normalFrom(randomFrom(seed))
  const shares: Record<Decision, number> = { regressed: 0, pass: 0, open: 0 }
  const redAt = looks.map(() => 0)
  for (let trial = 0; trial < trials; trial++) {
    const gains: number[] = []
    let decision: Decision = 'open'
    for (const [index, look] of looks.entries()) {
      while (gains.length < look) gains.push(truth + scatter * normal())
      decision = decide(replicateMean(gains, scatter), limits, rates, looks)
      if (decision === 'regressed') redAt[index] = (redAt[index] ?? 0) + 1 / trials
      if (decision !== 'open') break
    }
    shares[decision] += 1 / trials
  }
  return { ...shares, redAt }
}

describe('simulated budgets', () => {
  // Wide apart, so that nothing passes at the boundary of what is tolerated and every trial could go red.
  const apart = { tolerates: -0.02, catches: -0.02 - 1e-9 }

  test.each([
    ['at the boundary of what is tolerated', -0.02],
    ['that are equal', 0],
  ])('%s go red at most as often as stated, over all looks and at each', (_, truth) => {
    const rates = { falseRed: 0.05, missed: 1e-9 }
    const { regressed, redAt } = simulated(truth, apart, rates, 11)
    expect(redAt[0]).toBe(0)
    for (const red of redAt) expect(red).toBeLessThan(0.025 + chance(0.025))
    expect(regressed).toBeLessThan(0.05 + chance(0.05))
  })

  test('that are as much worse as is to be caught pass at most as often as stated, over all looks', () => {
    const rates = { falseRed: 1e-9, missed: 0.05 }
    const { pass } = simulated(-0.06, { tolerates: -0.04, catches: -0.06 }, rates, 12)
    expect(pass).toBeLessThan(0.05 + chance(0.05))
    // Not by never passing: what is equal does.
    expect(simulated(0, { tolerates: -0.04, catches: -0.06 }, rates, 13).pass).toBeGreaterThan(0.99)
  })

  test.each([
    ['a file with 250 budgets', 0.001 / 250, gateLooks.pair],
    ['a file with one', 0.001, gateLooks.pair],
    ['continuous load', 0.001 / 250, gateLooks.load],
    ['retention', 0.001 / 250, gateLooks.retention],
  ])(
    'of %s that are worse by what can be caught go red with the designed 99 %%, but for misses',
    (_, falseRed, looks) => {
      const rates = { falseRed, missed: 0.01 }
      const tolerates = -0.02
      const catches = smallestCaught(tolerates, (replicates) => standardErrorOf(scatter, replicates), rates, looks)
      const { regressed, pass } = simulated(catches, { tolerates, catches }, rates, 14, looks)
      expect(regressed).toBeGreaterThan(0.97)
      expect(pass).toBeLessThan(0.01 + chance(0.01))
    },
  )

  test('whose expected value was estimated itself keep the rate, since its error counts', () => {
    const normal = normalFrom(randomFrom(15))
    const rates = { falseRed: 0.05, missed: 1e-9 }
    let red = 0
    for (let trial = 0; trial < trials; trial++) {
      const expected = (scatter / Math.sqrt(8)) * normal()
      const gains = Array.from({ length: 12 }, () => -0.02 + scatter * normal() - expected)
      if (decide(replicateMean(gains, scatter, 8), apart, rates, gateLooks.pair) === 'regressed') red += 1 / trials
    }
    expect(red).toBeLessThan(0.025 + chance(0.025))
    expect(red).toBeGreaterThan(0)
  })
})
