import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { http } from '../clients/http.ts'
import { smallJson } from '../scenarios/list.ts'
import { MeasuringProcess } from './measuring-process.ts'
import { armsAlone, soloLogRatio, takeTurns } from './slices.ts'

/** Recorded batch times in microseconds of two equal arms of axios, in turns of 2.5 ms; one was disturbed in its third. */
const current = [
  [638.3, 340, 307.7, 347.9, 287.1, 282.2, 281.9, 278.1],
  [568.6, 342.2, 301.7, 362.9, 291.4, 337.6, 282.1, 276.4],
  [542, 366, 309.1, 289.1, 2602],
  [497, 314.8, 292, 323.1, 308.7, 283.6, 280.7, 277.8],
]
const reference = [
  [661.4, 363.6, 318.6, 319.7, 384.6, 316.5, 4944.4],
  [1027.4, 375.2, 322.3, 323.1, 315.2, 394],
  [638.8, 350.1, 296, 284.9, 282, 312.6, 288.7, 277.6],
  [418.9, 311.2, 286.3, 278.2, 281.4, 275.4, 855.8],
]

describe('the estimate from arms alone', () => {
  test('is the median over pairs of slices of the log-ratio of their median batches', () => {
    // Medians 297.4 to 363.6, 319.65 to 349.15, 366 to 292.35, 300.35 to 286.3: the middle two of four are averaged.
    const middle = (Math.log(349.15 / 319.65) + Math.log(286.3 / 300.35)) / 2
    expect(soloLogRatio(current, reference)).toBeCloseTo(middle, 12)
  })

  test('changes nothing but its sign when the arms are swapped', () => {
    expect(soloLogRatio(reference, current)).toBeCloseTo(-soloLogRatio(current, reference), 12)
  })

  test('is negative when the current arm is slower', () => {
    const slower = reference.map((slice) => slice.map((microseconds) => microseconds / 0.8))
    expect(soloLogRatio(slower, reference)).toBeCloseTo(Math.log(0.8), 12)
  })

  test('wants as many slices of each arm', () => {
    expect(() => soloLogRatio(current.slice(1), reference)).toThrow(RangeError)
  })
})

test('arms alone take their turns in an order that is drawn, each once a round', async () => {
  const tree = path.resolve(import.meta.dirname, '../../..')
  const job = {
    client: { module: http.module, exportName: http.exportName },
    scenario: smallJson({ inFlight: 1 }),
    arms: ['current', 'reference'].map((name) => ({ name, tree })),
    seed: 7,
    requestTimeoutMs: 5_000,
  }
  await using alone = await armsAlone(job, { warmUpMs: 1 }, new AbortController().signal)
  const [current, reference] = alone.both
  const blocks = vi.spyOn(MeasuringProcess.prototype, 'blocks')
  await takeTurns(alone.both, { slices: 8, sliceMs: 1 }, alone.random)
  const order = blocks.mock.contexts.map((measuring) => (measuring === current.measuring ? 'current' : 'reference'))
  blocks.mockRestore()
  expect(new Set(order.filter((_, index) => index % 2 === 0))).toEqual(new Set(['current', 'reference']))
  for (let round = 0; round < 8; round++) {
    expect(order.slice(2 * round, 2 * round + 2).toSorted()).toEqual(['current', 'reference'])
  }
  expect([current.slices.length, reference.slices.length]).toEqual([8, 8])
}, 20_000)
