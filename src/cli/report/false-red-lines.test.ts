import { expect, test } from 'vitest'
import type { SimulatedTrial } from '../prove/proof.ts'
import { decidedTrial, verdictOf } from '../prove/test-proof.ts'
import { falseRedLines } from './false-red-lines.ts'

const simulated = {
  part: 'replay',
  kind: 'runs',
  case: 'the whole gate',
  seed: 1,
  at: '2026-11-22T12:00:00.000Z',
  durationMs: 1,
  basis: { recordedRuns: 5 },
  simulatedRuns: 10_000,
  runsWithFalseRed: 3,
} as Partial<SimulatedTrial> as SimulatedTrial

test('false reds are counted among decisions about equal builds, and no others', () => {
  const red = decidedTrial({ verdicts: [verdictOf('pass'), verdictOf('regressed')] })
  const fault = decidedTrial({ part: 'faults', verdicts: [verdictOf('regressed')] })
  expect(falseRedLines([decidedTrial(), red, fault])).toEqual([
    'false reds: 1 in 3 decisions about equal builds (2 trials), so at most 86 % of them (95 % bound)',
  ])
})

test('they are counted over all simulated runs', () => {
  expect(falseRedLines([simulated, simulated])).toEqual([
    'false reds: in 6 of 20,000 simulated runs of the whole gate (0.030 %), drawn from 5 recorded runs',
  ])
})

test('where nothing was tried nothing is said', () => {
  expect(falseRedLines([])).toEqual([])
})
