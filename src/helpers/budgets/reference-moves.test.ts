import { describe, expect, test } from 'vitest'
import {
  type MeasuredChange,
  type RecordedChange,
  type ReferenceMove,
  withSinceFirst,
  worstWithoutReason,
} from './reference-moves.ts'

const about = (estimate: number): RecordedChange => [
  estimate,
  Number((estimate * 0.99).toPrecision(4)),
  Number((estimate / 0.99).toPrecision(4)),
]
const throughput = (estimate: number, changes: Partial<MeasuredChange> = {}): MeasuredChange => ({
  client: 'axios',
  scenario: 'small-4',
  budget: 'throughput against reference',
  change: about(estimate),
  equal: 1,
  tolerates: 0.985,
  ...changes,
})
const leak = (bytes: number): MeasuredChange =>
  throughput(1, { budget: 'retained bytes', change: [bytes, bytes - 3, bytes + 4], equal: 0, tolerates: 130 })

/** Moves of the reference with one change each. */
function movesOf(...changes: readonly MeasuredChange[]): readonly ReferenceMove[] {
  const moves: ReferenceMove[] = []
  for (const change of changes) {
    moves.push({ date: '2026-11-23', packages: [], budgets: withSinceFirst(moves, [change]) })
  }
  return moves
}

describe('a move of the reference', () => {
  test('comes to itself where it is the first', () => {
    expect(withSinceFirst([], [throughput(0.99)])).toEqual({
      axios: { 'small-4': { 'throughput against reference': { change: about(0.99), sinceFirst: about(0.99) } } },
    })
  })

  test('multiplies with those before it, and what is not known of each adds up', () => {
    const [, , third] = movesOf(throughput(0.99), throughput(0.98), throughput(1.01))
    const { sinceFirst } = third?.budgets['axios']?.['small-4']?.['throughput against reference'] ?? {}
    expect(sinceFirst?.[0]).toBe(0.9799)
    // Three half-widths of 1 % are one of √3 %.
    expect(sinceFirst?.[1]).toBeCloseTo(0.9799 * (1 - 0.01 * Math.sqrt(3)), 3)
    expect(sinceFirst?.[2]).toBeCloseTo(0.9799 / (1 - 0.01 * Math.sqrt(3)), 3)
  })

  test('adds to those before it where it is a difference', () => {
    const [, second] = movesOf(leak(100), leak(40))
    expect(second?.budgets['axios']?.['small-4']?.['retained bytes']?.sinceFirst).toEqual([
      140,
      expect.closeTo(140 - Math.sqrt(18), 1),
      expect.closeTo(140 + Math.sqrt(32), 1),
    ])
  })

  test('is added to by no other client, scenario or budget', () => {
    const moves = movesOf(throughput(0.5, { client: 'fetch' }), throughput(0.5, { scenario: 'small-64' }), leak(5))
    const own = withSinceFirst(moves, [throughput(0.99)])['axios']?.['small-4']
    expect(own?.['throughput against reference']?.sinceFirst).toEqual(about(0.99))
  })

  test('is written with its reason', () => {
    const own = withSinceFirst([], [throughput(0.9, { reason: 'retries' })])['axios']?.['small-4']
    expect(own?.['throughput against reference']?.reason).toBe('retries')
  })
})

describe('what moves without a reason come to at worst', () => {
  test('is all of them where each was worse', () => {
    expect(worstWithoutReason(movesOf(throughput(0.99), throughput(0.99)), throughput(0.99))[0]).toBeCloseTo(0.9703)
    expect(worstWithoutReason(movesOf(leak(60)), leak(80))[0]).toBe(140)
  })

  test('takes no credit from what was gained before', () => {
    expect(worstWithoutReason(movesOf(throughput(1.1), throughput(0.99)), throughput(0.99))[0]).toBeCloseTo(0.9801)
    expect(worstWithoutReason(movesOf(leak(-500), leak(100)), leak(50))[0]).toBe(150)
  })

  test('begins anew after the last with a reason of its own, and after that of no other', () => {
    const reasoned = movesOf(throughput(0.99), throughput(0.9, { reason: 'retries' }), throughput(0.99))
    expect(worstWithoutReason(reasoned, throughput(0.99))[0]).toBeCloseTo(0.9801)
    const other = movesOf(throughput(0.99), { ...leak(900), reason: 'a cache' })
    expect(worstWithoutReason(other, throughput(0.99))[0]).toBeCloseTo(0.9801)
  })
})
