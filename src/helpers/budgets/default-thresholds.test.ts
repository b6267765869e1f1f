import { expect, test } from 'vitest'
import { standardErrorOf } from '../statistics/replicates.ts'
import { errorRates, leastTolerated, smallestCaught } from './decision.ts'
import { defaultThresholds, finestThresholds } from './default-thresholds.ts'
import { scales } from './scales.ts'
import { distancesOf } from './thresholds.ts'

const rates = errorRates(300)
const looks = [3, 5, 10]

test('are those of the design where the scatter allows it', () => {
  expect(defaultThresholds('throughput', 0.005, rates, looks)).toEqual({ tolerates: '1.5 %', catches: '5 %' })
  expect(defaultThresholds('cost', 0.005, rates, looks)).toEqual({ tolerates: '3 %', catches: '6 %' })
})

test.each(['throughput', 'cost'] as const)('of %s are as much wider as the scatter asks for', (name) => {
  for (const scatter of [0.02, 0.07, 0.21]) {
    const distances = distancesOf(defaultThresholds(name, scatter, rates, looks), 'budget', name)
    const scale = scales[name]
    const standardErrorAt = (replicates: number): number => standardErrorOf(scatter, replicates)
    const tolerates = scale.worsening(distances.tolerates)
    expect(tolerates).toBeLessThanOrEqual(leastTolerated(standardErrorAt, looks))
    expect(scale.worsening(distances.catches)).toBeLessThanOrEqual(
      smallestCaught(tolerates, standardErrorAt, rates, looks),
    )
  }
})

test('never ask for more than all of the throughput', () => {
  expect(defaultThresholds('throughput', 3, rates, looks).catches).toBe('99 %')
})

test('that are the finest catch what the last look can tell', () => {
  const { tolerates, catches } = distancesOf(finestThresholds('throughput', 0.005, rates, looks), 'budget')
  expect(tolerates).toBe(0.015)
  const told = smallestCaught(Math.log(1 - tolerates), (replicates) => standardErrorOf(0.005, replicates), rates, looks)
  expect(Math.log(1 - catches)).toBeLessThanOrEqual(told)
  expect(catches).toBeLessThan(0.03)
})
