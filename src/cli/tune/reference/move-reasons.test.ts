import { describe, expect, test } from 'vitest'
import { type ReferenceMove, withSinceFirst } from '../../../helpers/budgets/reference-moves.ts'
import { comparisonOf, passOf, verdictOf } from '../../../helpers/reports/test-comparison.ts'
import { changeIn, moveReasons } from './move-reasons.ts'

const interval = (estimate: number) => ({ estimate, low: estimate - 0.004, high: estimate + 0.004, level: 0.95 })

/** A comparison that passes a budget which tolerates 1.5 %. */
const passing = (estimate: number) => passOf('axios', { throughput: interval(estimate) })

function movedBy(estimate: number, reason?: string): ReferenceMove {
  const throughput = withSinceFirst([], [{ client: 'axios', scenario: 'small-4', change: interval(estimate) }])
  return { date: '2026-11-22', packages: {}, throughput, ...(reason === undefined ? {} : { reason }) }
}

describe('a move of the reference', () => {
  test('needs no reason where it passes, and is faster or as fast', () => {
    expect(moveReasons([passing(1.2), passing(0.99)], [])).toEqual([])
  })

  test('needs one for everything that is red or cannot be told', () => {
    const cpu = verdictOf({ budget: 'CPU time against reference', state: 'inconclusive', reason: 'too noisy' })
    expect(moveReasons([comparisonOf({ verdicts: [verdictOf(), cpu] })], [])).toEqual([
      'axios small-4, throughput against reference: regressed, throughput is 15.5 % below what is expected, wholly beyond what is tolerated',
      'axios small-4, CPU time against reference: inconclusive, too noisy',
    ])
  })

  test('needs one where small steps have come to more than is tolerated', () => {
    expect(moveReasons([passing(0.99)], [movedBy(0.99)])).toEqual([
      'axios small-4: throughput has changed by −2.0 % over the moves since the last with a reason, and 1.5 % is what its budget tolerates',
    ])
  })

  test('needs none for what was given a reason for', () => {
    expect(moveReasons([passing(0.99)], [movedBy(0.9, 'retries are on')])).toEqual([])
  })
})

test('what is invalid has no change', () => {
  const { throughput: _, ...invalid } = comparisonOf()
  expect(changeIn(invalid)).toBeUndefined()
})
