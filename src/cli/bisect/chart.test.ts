import path from 'node:path'
import { expect, test } from 'vitest'
import {
  budgetFileOf,
  invalidMeasurement,
  measurementOf,
  pairOf,
  replicateOf,
  totalsOf,
} from '../../helpers/budgets/test-measurement.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { axios } from '../../helpers/clients/axios.ts'
import type { MeasurementPlan } from '../../helpers/measure/measurement.ts'
import type { Measurement } from '../../helpers/measure/result.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { CapReachedError } from '../../helpers/session/cap-reached-error.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { type History, historyExitCode, historyOf } from './chart.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** The history of some versions of axios, each measured as told. */
async function history(
  versions: readonly string[],
  measure: (plan: MeasurementPlan) => Measurement,
  signal = new AbortController().signal,
) {
  const said: string[] = []
  const installed: string[] = []
  const session = openSession({ project: projectAt(root), seed: 7, say: (text) => said.push(text) }, budgetFileOf())
  const question = {
    session,
    subject: { client: axios, scenario: smallJson({ inFlight: 4 }) },
    library: 'axios',
    openers: {
      root,
      version: async ({ axios: version = '' }: Readonly<Record<string, string>>) => {
        installed.push(version)
        return { root: `/cache/${version}`, versions: { axios: version }, lockDigest: '' }
      },
      checkout: () => Promise.reject(new Error('nothing is checked out')),
    },
    signal,
  }
  const kept: History[] = []
  const history = await historyOf(versions, { ...question, onHistory: (each) => kept.push(each) }, async (_, plan) =>
    recordedMeasurement(measure(plan)),
  )
  return { ...history, exitCode: historyExitCode(history), kept, said, installed }
}

function measuredAt(share: number, allocatedBytesPerRequest: number): Measurement {
  const totals = [totalsOf('current', { allocatedBytesPerRequest }), totalsOf('reference')]
  return measurementOf({ pair: pairOf({ replicates: [replicateOf(share, { totals })] }), load: [] })
}

test('every version is measured against the newest', async () => {
  const asked: string[] = []
  const { points } = await history(['1.19.0', '1.20.0', '1.21.1'], ({ tree, pair }) => {
    asked.push(`${tree} with ${pair.state === 'measured' ? pair.referenceTree : ''}`)
    return measuredAt(1.25, 60_000)
  })
  expect(asked).toEqual([
    '/cache/1.19.0 with /cache/1.21.1',
    '/cache/1.20.0 with /cache/1.21.1',
    '/cache/1.21.1 with /cache/1.21.1',
  ])
  expect(points.map(({ version, allocatedBytes }) => `${version} ${allocatedBytes}`)).toEqual([
    '1.19.0 60000',
    '1.20.0 60000',
    '1.21.1 60000',
  ])
  expect(points[0]?.throughput?.estimate).toBeCloseTo(1.25)
})

test('every version is told as it is measured, and kept with what is still missing', async () => {
  const { exitCode, kept, said } = await history(['1.20.0', '1.21.1'], () => measuredAt(1, 60_000))
  expect(exitCode).toBe(0)
  expect(said).toEqual(['1.20.0 is measured', '1.21.1 is measured'])
  expect(kept.map(({ points, cut }) => [points.map(({ reason }) => reason === undefined), cut?.interrupted])).toEqual([
    [[true, false], true],
    [[true, true], true],
  ])
})

test('what cannot be measured has a reason in the place of figures, and the history is not whole', async () => {
  const { points, said, exitCode } = await history(['0.20.0', '1.20.0', '1.21.0', '1.21.1'], ({ tree }) => {
    if (tree === '/cache/1.20.0') return invalidMeasurement()
    if (tree === '/cache/1.21.0') throw new UsageError('it crashed on import')
    return measuredAt(1, 60_000)
  })
  const tooOld = 'axios runs on axios 0.21.0 and newer; axios@0.20.0 has 0.20.0'
  expect(points.map(({ throughput, reason }) => reason ?? throughput?.estimate)).toEqual([
    tooOld,
    expect.any(String),
    'it crashed on import',
    expect.closeTo(1),
  ])
  expect(said[0]).toBe(`0.20.0 is not measured: ${tooOld}`)
  expect(said.filter((each) => each.endsWith(' is measured'))).toEqual(['1.21.1 is measured'])
  expect(exitCode).toBe(3)
})

test('what there is no time for is not even installed', async () => {
  const { points, cut, exitCode, installed } = await history(['1.19.0', '1.20.0', '1.21.0', '1.21.1'], ({ tree }) => {
    if (tree === '/cache/1.20.0') throw new CapReachedError('axios', 'small-4', 600)
    return measuredAt(1, 60_000)
  })
  expect(cut).toEqual({
    interrupted: false,
    reason: 'the time of the run was over: raise --cap, or search fewer versions',
  })
  expect(points.map(({ reason }) => reason)).toEqual([undefined, cut?.reason, cut?.reason, cut?.reason])
  expect(installed).not.toContain('1.21.0')
  expect(exitCode).toBe(3)
})

test('what is interrupted keeps what it has', async () => {
  const controller = new AbortController()
  const { points, exitCode } = await history(
    ['1.20.0', '1.21.0', '1.21.1'],
    ({ tree }) => {
      if (tree === '/cache/1.21.0') controller.abort()
      controller.signal.throwIfAborted()
      return measuredAt(1, 60_000)
    },
    controller.signal,
  )
  expect(points.map(({ throughput }) => throughput !== undefined)).toEqual([true, false, false])
  expect(exitCode).toBe(130)
})

test('anything else ends it', async () => {
  const failure = history(['1.21.1'], () => {
    throw new Error('unforeseen')
  })
  await expect(failure).rejects.toThrow('unforeseen')
})
