import { describe, expect, test } from 'vitest'
import { type RecordedRatio, type ReferenceMove, withoutReason, withSinceFirst } from './reference-moves.ts'

const ratio = (estimate: number, halfWidth = 0.01): RecordedRatio => ({
  estimate,
  low: Number((estimate * (1 - halfWidth)).toPrecision(4)),
  high: Number((estimate / (1 - halfWidth)).toPrecision(4)),
})
const change = (estimate: number) => ({ client: 'axios', scenario: 'small-4', change: ratio(estimate) })

/** Moves of the reference by which axios became so much faster or slower each; of some there is a reason. */
function movesBy(...changes: readonly (readonly [estimate: number, reason?: string])[]): readonly ReferenceMove[] {
  const moves: ReferenceMove[] = []
  for (const [estimate, reason] of changes) {
    const throughput = withSinceFirst(moves, [change(estimate)])
    moves.push({ date: '2026-11-23', packages: {}, throughput, ...(reason && { reason }) })
  }
  return moves
}

describe('a move of the reference', () => {
  test('comes to itself where it is the first', () => {
    expect(withSinceFirst([], [change(0.99)])).toEqual({
      axios: { 'small-4': { change: ratio(0.99), sinceFirst: ratio(0.99) } },
    })
  })

  test('adds up with those before it, and so do what is not known of each', () => {
    const [, , third] = movesBy([0.99], [0.98], [1.01])
    const { sinceFirst } = third?.throughput['axios']?.['small-4'] ?? {}
    expect(sinceFirst?.estimate).toBe(0.9799)
    // Three half-widths of 1 % are one of √3 %.
    expect(sinceFirst?.low).toBeCloseTo(0.9799 * (1 - 0.01 * Math.sqrt(3)), 3)
    expect(sinceFirst?.high).toBeCloseTo(0.9799 / (1 - 0.01 * Math.sqrt(3)), 3)
  })

  test('is added to by no other client and no other scenario', () => {
    const others = [
      { ...change(0.5), client: 'fetch' },
      { ...change(0.5), scenario: 'small-64' },
    ]
    const moves = [{ date: '', packages: {}, throughput: withSinceFirst([], others) }]
    expect(withSinceFirst(moves, [change(0.99)])['axios']?.['small-4']?.sinceFirst).toEqual(ratio(0.99))
  })
})

describe('what moves without a reason come to', () => {
  test('is all of them where none has one', () => {
    expect(withoutReason(movesBy([0.99], [0.99]), change(0.99)).estimate).toBe(0.9703)
  })

  test('begins anew after the last that has one', () => {
    expect(withoutReason(movesBy([0.99], [0.9, 'retries'], [0.99]), change(0.99)).estimate).toBe(0.9801)
  })
})
