import { describe, expect, test } from 'vitest'
import { benchResult } from './bench-result.ts'
import { lessTime, logRatio } from './evidence.ts'
import { comparisonsOf, comparisonText } from './statement.ts'
import { benchEvidence } from './test-evidence.ts'

describe('the ratio of two benchmarks', () => {
  test('over processes is the mean of their medians of pairs, and holds the scatter between them', () => {
    const evidence = benchEvidence({ base: 1, head: 1 }, { scatter: [0.98, 1, 1.02] })
    const ratio = logRatio(evidence, 'head', 'base')
    expect(ratio?.estimate).toBeCloseTo(0, 3)
    expect((ratio?.high ?? 0) - (ratio?.low ?? 0)).toBeCloseTo((2 * 4.303 * 0.02) / Math.sqrt(3), 3)
  })

  test('is that of one call, however many a batch has', () => {
    const evidence = benchEvidence({ base: 1, head: 0.5 }, { calls: { base: 1, head: 4 } })
    expect(Math.exp(logRatio(evidence, 'head', 'base')?.estimate ?? 0)).toBeCloseTo(2, 6)
  })

  test('in one process is the median of pairs, which wrecked batches do not move', () => {
    const evidence = benchEvidence({ base: 1, head: 0.9 }, { scatter: [1], wrecked: 20 })
    expect(lessTime(logRatio(evidence, 'head', 'base') as never).estimate).toBeCloseTo(0.1, 6)
  })

  test('is unknown after one pair in one process', () => {
    const evidence = benchEvidence({ base: 1, head: 1 }, { scatter: [1], batches: 1 })
    expect(logRatio(evidence, 'head', 'base')).toBeUndefined()
  })
})

test('every benchmark is told beside the first', () => {
  const evidence = benchEvidence({ base: 1, head: 0.951, slow: 1.5 })
  expect(comparisonsOf(['base', 'head', 'slow'], evidence).map(comparisonText)).toEqual([
    'head takes 4.9 % less time a call than base (4.9 % to 4.9 % less)',
    'slow takes 50 % more time a call than base (50 % to 50 % more)',
  ])
})

describe('a result', () => {
  const evidence = benchEvidence({ base: 2 }, { scatter: [0.9, 1, 1.1], batches: 10, calls: { base: 4 } })
  const { latency, throughput, period, totalTime, name, state } = benchResult('base', evidence, false)

  test('has the mean time of a call', () => {
    expect({ name, state }).toEqual({ name: 'base', state: 'completed' })
    expect(latency.mean).toBeCloseTo(2, 6)
    expect(latency.samplesCount).toBe(30)
    expect(latency.p50).toBeCloseTo(2, 6)
    expect(totalTime).toBeCloseTo(2 * 4 * 30, 6)
    expect(period).toBeCloseTo(2, 6)
    expect(throughput.max).toBeCloseTo(1e3 / 1.8, 6)
  })

  test('has a margin that holds for processes, not for batches', () => {
    expect(latency.df).toBe(2)
    expect(latency.moe).toBeCloseTo((4.303 * 0.2) / Math.sqrt(3), 3)
    expect(latency.rme).toBeCloseTo(50 * latency.moe, 6)
  })

  test('keeps its samples where they are wanted', () => {
    expect(latency.samples).toBeUndefined()
    expect(benchResult('base', evidence, true).latency.samples).toHaveLength(30)
  })
})
