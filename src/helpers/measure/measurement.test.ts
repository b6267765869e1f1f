import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { http } from '../clients/http.ts'
import { smallJson } from '../scenarios/list.ts'
import { gateEffort } from './effort.ts'
import { type MeasurementPlan, measureFirst, measureMore, nextLook } from './measurement.ts'

const tree = path.resolve(import.meta.dirname, '../../..')
const effort = {
  ...gateEffort,
  requestTimeoutMs: 5_000,
  pair: { looks: [1, 2], warmUpMs: 1, durationMs: 5, sums: false },
  solo: { looks: [1], warmUpMs: 1, sliceMs: 2, slices: 2 },
}

/** A client against itself in processes that take turns. */
const inTurns = {
  client: http,
  scenario: smallJson({ inFlight: 1 }),
  beside: [],
  underLoad: false,
  withWire: false,
  tree,
  pair: { state: 'measured', sameFiles: true, referenceTree: tree, solo: false, turns: 'one process has one Node' },
  seed: 7,
  effort,
  first: ['pair', 'retention'],
  signal: new AbortController().signal,
} as const satisfies MeasurementPlan

const pairOf = async (plan: MeasurementPlan) => {
  const measurement = await measureFirst(plan)
  expect(measurement).toMatchObject({ state: 'completed', pair: { state: 'measured' } })
  if (measurement.state === 'invalid' || measurement.pair.state !== 'measured') throw new Error('no pair')
  return { measurement, pair: measurement.pair }
}

test('what a measurement takes is known where a test has faked the clocks', async () => {
  const before = Date.now()
  vi.useFakeTimers({ now: 0 })
  try {
    const { startedAt, durationMs } = await measureFirst(inTurns)
    expect(durationMs).toBeGreaterThan(0)
    expect(Date.parse(startedAt)).toBeGreaterThan(before - 60_000)
  } finally {
    vi.useRealTimers()
  }
}, 60_000)

describe('a pair that takes turns', () => {
  test('is measured in its pair alone: what arms retain is not looked at', async () => {
    const { measurement, pair } = await pairOf(inTurns)
    expect(pair.turns).toBe('one process has one Node')
    expect([pair.replicates.length, pair.retention.length, pair.solo.length]).toEqual([1, 0, 0])
    expect(nextLook(inTurns, measurement, 'retention')).toBeUndefined()
    expect(nextLook(inTurns, measurement, 'pair')).toBe(2)
    expect(await measureMore(inTurns, measurement, ['pair'])).toMatchObject({
      pair: { replicates: [pair.replicates[0], { counts: [{ arm: 'current' }, { arm: 'reference' }] }] },
    })
  }, 30_000)

  test.each([
    [false, 0],
    [true, 2],
    [undefined, 2],
  ])(
    'is summed as the effort says: %s',
    async (sums, arms) => {
      const { sums: _, ...pairEffort } = effort.pair
      const summing = { ...effort, pair: { ...pairEffort, ...(sums === undefined ? {} : { sums }) } }
      const { pair } = await pairOf({ ...inTurns, effort: summing })
      expect(pair.replicates[0]?.totals).toHaveLength(arms)
    },
    30_000,
  )
})

test('a pair that shares a process is looked at for what its arms retain, and summed as the effort says', async () => {
  const { turns: _, ...pair } = inTurns.pair
  const together = { ...inTurns, pair, first: ['pair'] } as const satisfies MeasurementPlan
  const { measurement, pair: measured } = await pairOf(together)
  expect(measured.turns).toBeUndefined()
  expect(measured.replicates[0]?.totals).toEqual([])
  expect(nextLook(together, measurement, 'retention')).toBe(1)
}, 30_000)
