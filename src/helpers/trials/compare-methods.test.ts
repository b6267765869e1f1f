import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { replicateOf } from '../budgets/test-measurement.ts'
import { gateEffort } from '../measure/effort.ts'
import { MeasuringProcess } from '../measure/measuring-process.ts'
import { measurePair } from '../measure/pair.ts'
import { smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { compareMethods, comparisonEffort } from './compare-methods.ts'
import { measureLoadedPair } from './loaded-pair.ts'
import { project } from './test-load.ts'

// Nothing is measured here.
vi.mock('../measure/measuring-process.ts', () => ({ MeasuringProcess: { prepare: vi.fn() } }))
vi.mock('../measure/pair.ts', () => ({ measurePair: vi.fn() }))
vi.mock('../measure/lock.ts', () => ({ lockMachine: async () => ({ [Symbol.asyncDispose]: async () => {} }) }))
vi.mock('./loaded-pair.ts', () => ({ measureLoadedPair: vi.fn(), loadedPairEffort: {} }))

/** The work that a copy of axios does. */
function workIn(tree: string): string | undefined {
  const text = readFileSync(path.join(tree, 'node_modules/axios/lib/core/Axios.js'), 'utf8')
  return /const busy = (.*);/.exec(text)?.[1]
}

test('every request of both methods is kept busy for the same time, learned once in batches', async () => {
  const batchUs = [420, 400, 5_000, 390, 400]
  vi.mocked(MeasuringProcess.prepare).mockResolvedValue({
    blocks: async () => ({ arms: [{ arm: 'installed', batchUs }] }),
    finish: async () => [],
    [Symbol.asyncDispose]: async () => {},
  } as Partial<MeasuringProcess> as MeasuringProcess)
  const works: (readonly (string | undefined)[])[] = []
  vi.mocked(measurePair).mockImplementation(async ({ arms }) => {
    works.push(arms.map(({ tree }) => workIn(tree)))
    return replicateOf(0.95)
  })
  vi.mocked(measureLoadedPair).mockImplementation(async (_client, { seed }, { current, reference }) => {
    works.push([current, reference].map(workIn))
    return { seed, logRatio: Math.log(0.94), rounds: [] }
  })

  const session = { project: projectAt(project), effort: gateEffort, say: () => {} }
  const drop = { client: 'axios', scenario: smallJson({ inFlight: 4 }), worsening: 0.2, seed: 1 } as const
  const { paired, loaded } = await compareMethods(session, drop, new AbortController().signal)

  // 0.4 ms a batch of four requests, and a quarter of a request on top.
  expect(works).toEqual(Array.from({ length: 5 }, () => ['constantWork(0.025)', 'constantWork(0)']))
  expect(paired).toBeCloseTo(Math.log(0.95), 12)
  expect(loaded).toBeCloseTo(Math.log(0.94), 12)
})

test('the effort of a comparison is that of its replicates, not of the gate’s looks', () => {
  const { pair } = gateEffort
  const effort = comparisonEffort(gateEffort)
  expect(comparisonEffort({ ...gateEffort, pair: { ...pair, looks: [1] } })).toEqual(effort)
  expect(comparisonEffort({ ...gateEffort, pair: { ...pair, durationMs: 1 } })).not.toEqual(effort)
})
