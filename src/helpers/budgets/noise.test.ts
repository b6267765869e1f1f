import { describe, expect, test } from 'vitest'
import { machineNoise, nullNoise } from './noise.ts'

describe('a machine', () => {
  test('is no noisier than the one of the tuning while little time is stolen or throttled', () => {
    expect(machineNoise({ loadAverage: 4 })).toBeUndefined()
    expect(machineNoise({ loadAverage: 4, stealShare: 0.2, throttledShare: 0.05 })).toBeUndefined()
  })

  test('is too noisy beyond that, with figures', () => {
    expect(machineNoise({ loadAverage: 1, stealShare: 0.31 })).toBe("31 % of the cores' time was stolen")
    expect(machineNoise({ loadAverage: 1, throttledShare: 0.2 })).toBe(
      'the processor was throttled for 20 % of the time',
    )
  })
})

describe('a run by its own A/A pairs', () => {
  test('without any says nothing', () => {
    expect(nullNoise([])).toBeUndefined()
  })

  test('is too noisy when their squared deviations sum to more than chance makes once in a thousand', () => {
    // Chi-square at 0.999 with 3 degrees of freedom is 16.266.
    expect(nullNoise([4.03, 0, 0])).toBeUndefined()
    expect(nullNoise([4.04, 0, 0])).toBe(
      "this run's own A/A pairs scatter 2.3 times more than at tuning (3 replicates)",
    )
  })
})
