import { describe, expect, test } from 'vitest'
import { type ReferenceMove, withSinceFirst } from '../../../helpers/budgets/reference-moves.ts'
import type { Verdict } from '../../../helpers/budgets/verdict.ts'
import { comparisonOf, verdictOf } from '../../../helpers/reports/test-comparison.ts'
import { neededReasons, reasonLine } from './move-reasons.ts'
import { movedChanges } from './moved-changes.ts'

const throughput = (estimate: number, changes: Partial<Verdict> = {}): Verdict =>
  verdictOf({
    state: 'pass',
    measured: { estimate, low: estimate - 0.004, high: estimate + 0.004, level: 0.95 },
    ...changes,
  })
const comparison = (...verdicts: readonly Verdict[]) => comparisonOf({ verdicts })
const lines = (one: ReturnType<typeof comparison>, moves: readonly ReferenceMove[] = []) =>
  neededReasons([one], moves).map(reasonLine)

function movedBy(estimate: number, reason?: string): ReferenceMove {
  const changes = movedChanges(comparison(throughput(estimate)))
  return {
    date: '2026-11-22',
    packages: [],
    budgets: withSinceFirst(
      [],
      changes.map((each) => ({ ...each, ...(reason && { reason }) })),
    ),
  }
}

describe('a move of the reference', () => {
  test('needs no reason where it passes, and is faster or as fast', () => {
    expect(lines(comparison(throughput(1.2)))).toEqual([])
    expect(lines(comparison(throughput(0.99)))).toEqual([])
  })

  test('needs one for everything that is red or cannot be told', () => {
    const cpu = verdictOf({ budget: 'CPU time against reference', state: 'inconclusive', reason: 'too noisy' })
    expect(lines(comparison(verdictOf(), cpu))).toEqual([
      'axios small-4, throughput against reference: regressed, throughput is 15.5 % below what is expected, wholly beyond what is tolerated',
      'axios small-4, CPU time against reference: inconclusive, too noisy',
    ])
  })

  test('needs one where small steps have come to more than is tolerated', () => {
    expect(lines(comparison(throughput(0.99)), [movedBy(0.99)])).toEqual([
      'axios small-4, throughput against reference: 0.980 × (95 % interval 0.975 … 0.986) over the moves since the last with a reason, and 0.985 × is tolerated',
    ])
  })

  test('needs none for what was given a reason for', () => {
    expect(lines(comparison(throughput(0.99)), [movedBy(0.9, 'retries are on')])).toEqual([])
  })
})

describe('what moves', () => {
  test('is throughput, and what else is known to have changed', () => {
    const cpu = (low: number): Verdict =>
      throughput(1.03, {
        budget: 'CPU time against reference',
        measured: { estimate: 1.03, low, high: 1.05, level: 0.95 },
        tolerates: 1.25,
      })
    const moved = (...verdicts: readonly Verdict[]) => movedChanges(comparison(...verdicts)).map(({ budget }) => budget)
    expect(moved(throughput(1), cpu(0.99))).toEqual(['throughput against reference'])
    expect(moved(throughput(1), cpu(1.01))).toEqual(['throughput against reference', 'CPU time against reference'])
  })

  test('is nothing where the work was not the work, and no count', () => {
    const { measured: _, ...invalid } = verdictOf({ state: 'invalid', reason: 'hung' })
    const bytes = verdictOf({ state: 'pass', budget: 'request bytes' })
    expect(movedChanges(comparison(invalid, bytes))).toEqual([])
  })
})
