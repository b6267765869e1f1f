import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { TunedScenario } from '../../helpers/budgets/budget-file.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import {
  budgetFileOf,
  invalidMeasurement,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
  tunedThroughout,
} from '../../helpers/budgets/test-measurement.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { axios } from '../../helpers/clients/axios.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import { undiciDefault } from '../../helpers/clients/undici-default.ts'
import { LibraryError } from '../../helpers/measure/library-error.ts'
import type { MeasurementPlan } from '../../helpers/measure/measurement.ts'
import type { Measurement } from '../../helpers/measure/result.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { compareOne } from './compare-one.ts'
import type { Sides } from './side.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const own = { name: 'working tree', tree: root, code: root }
const versionSide = (version: string) => ({
  name: `axios@${version}`,
  tree: `/cache/${version}`,
  code: root,
  library: { name: 'axios', version },
})
const versions: Sides = { base: versionSide('1.20.0'), head: versionSide('1.21.1') }

/** Ten replicates in which the head kept such a share of the base's throughput, side by side and alone. */
function measuredAt(share: number, client = 'axios'): Measurement {
  const tenTimes = <Each>(each: () => Each): Each[] => Array.from({ length: 10 }, each)
  const pair = pairOf({ replicates: tenTimes(() => replicateOf(share)), solo: tenTimes(() => soloOf(share)) })
  return measurementOf({ client, pair, load: [] })
}

interface Asked {
  readonly client?: Client
  readonly sides?: Sides
  readonly stated?: StatedThresholds
  readonly tuned?: TunedScenario
  /** Called when the noise of the run is asked for. */
  readonly measureNull?: () => Promise<void>
}

/** What a comparison comes to when measuring it resolves to this, and the plan that it was asked with. */
async function comparedAs(answer: (plan: MeasurementPlan) => Measurement, asked: Asked = {}) {
  const { client = axios, sides = versions, stated, tuned = tunedThroughout } = asked
  const session = openSession({ project: projectAt(root), seed: 7, say: () => {} }, budgetFileOf(tuned))
  const subject = { client, scenario: smallJson({ inFlight: 4 }) }
  const signal = new AbortController().signal
  return await compareOne({ session, sides, subject, stated, because: ['asked'], signal }, async (_, plan) =>
    asked.measureNull === undefined
      ? recordedMeasurement(answer(plan))
      : { ...recordedMeasurement(answer(plan)), measureNull: asked.measureNull },
  )
}

const statesOf = ({ comparison }: Awaited<ReturnType<typeof comparedAs>>) =>
  comparison.verdicts.map(({ budget, state }) => `${budget}: ${state}`)

describe('a comparison', () => {
  test('is red where the head is slower than is tolerated, with the size and both versions', async () => {
    const { comparison, plan } = await comparedAs(() => measuredAt(0.5))
    expect(comparison).toMatchObject({
      client: 'axios',
      scenario: 'small-4',
      base: { name: 'axios@1.20.0', version: '1.20.0' },
      head: { name: 'axios@1.21.1', version: '1.21.1' },
      way: { kind: 'one process' },
      because: ['asked'],
      replicates: 10,
      seed: 7,
    })
    expect(comparison.throughput?.estimate).toBeCloseTo(0.5)
    expect(comparison.verdicts[0]).toMatchObject({ budget: 'throughput against reference', state: 'regressed' })
    expect(plan).toMatchObject({ tree: '/cache/1.21.1', pair: { referenceTree: '/cache/1.20.0', sameFiles: false } })
  })

  test('asks for the noise of the run before a red, which arms that take turns have none of', async () => {
    const measureNull = vi.fn(async () => {})
    await comparedAs(() => measuredAt(1), { measureNull })
    const client = { ...undiciDefault, library: 'axios', since: '0.21.0' }
    await comparedAs(() => measuredAt(0.3, client.name), { client, measureNull })
    expect(measureNull).not.toHaveBeenCalled()
    await comparedAs(() => measuredAt(0.5), { measureNull })
    expect(measureNull).toHaveBeenCalled()
  })

  test('passes where nothing differs, by a default budget and what is counted', async () => {
    expect(statesOf(await comparedAs(() => measuredAt(1)))).toEqual([
      'throughput against reference: pass',
      'request bytes: pass',
      'response bytes: pass',
    ])
  })

  test('is judged by what the specs state that a pair can show', async () => {
    const stated: StatedThresholds = {
      reference: { tolerates: '3 %', catches: '9 %' },
      tail: { p90: { tolerates: '10 %', catches: '30 %' } },
      costs: { cpu: { tolerates: '10 %', catches: '30 %' }, connections: 4 },
      against: new Map([['http', { tolerates: '20 %', catches: '30 %' }]]),
    }
    const compared = await comparedAs(() => measuredAt(1), { stated })
    expect(statesOf(compared).map((each) => each.split(':')[0])).toEqual([
      'throughput against reference',
      'p90 batch time against reference',
      'CPU time against reference',
      'connections',
    ])
    expect(compared.comparison.verdicts[0]?.tolerates).toBeCloseTo(0.97)
  })

  test('says with each verdict whose scatter it borrows', async () => {
    const client = { ...axios, name: 'never-tuned' }
    const { comparison } = await comparedAs(() => measuredAt(1, 'never-tuned'), { client })
    expect(comparison.verdicts[0]?.reason).toContain('never tuned, judged by the scatter of axios small-4, 0.005')
  })

  test('of a tree with itself knows that the files are the same, and a red is a false one', async () => {
    const same = (plan: MeasurementPlan): Measurement => {
      const measured = measuredAt(0.5)
      if (measured.state === 'invalid' || measured.pair.state !== 'measured') return measured
      return {
        ...measured,
        pair: { ...measured.pair, sameFiles: plan.pair.state === 'measured' && plan.pair.sameFiles },
      }
    }
    const { comparison } = await comparedAs(same, { sides: { base: own, head: own } })
    expect(comparison.verdicts.map(({ state, sameFiles }) => ({ state, sameFiles }))).toEqual([
      { state: 'regressed', sameFiles: true },
    ])
  })

  test('of a client with state of the whole process is made in turns, and coarse', async () => {
    const client = { ...undiciDefault, library: 'axios', since: '0.21.0' }
    const { comparison, plan } = await comparedAs(() => measuredAt(1, client.name), { client })
    expect(plan.pair).toMatchObject({ turns: 'it keeps state of the whole process', solo: false })
    expect(comparison.way).toEqual({ kind: 'processes taking turns', reason: 'it keeps state of the whole process' })
    expect(comparison.verdicts.map(({ budget }) => budget)).toContain('allocated bytes')
    expect(comparison.verdicts[0]?.tolerates).toBeLessThan(0.96)
  })

  test('of two Nodes is made in turns, and judges allocation only where both can tell', async () => {
    const node = { version: '24.21.0', execPath: '/node' }
    const sides = { base: { ...own, name: 'node@24', node }, head: own }
    const { comparison, plan } = await comparedAs(() => measuredAt(1), { sides })
    expect(plan.arms?.reference.execPath).toBe('/node')
    expect(comparison.base).toEqual({ name: 'node@24', version: '24.21.0' })
    expect(comparison.head).toEqual({ name: 'working tree', version: process.versions.node })
    expect(comparison.verdicts.map(({ budget }) => budget)).not.toContain('allocated bytes')
  })

  test('is invalid where the work was not the work', async () => {
    const { comparison } = await comparedAs(() => invalidMeasurement('current: the first answer is wrong'))
    expect(comparison.throughput).toBeUndefined()
    expect(new Set(comparison.verdicts.map(({ state, reason }) => `${state}: ${reason}`))).toEqual(
      new Set(['invalid: current: the first answer is wrong']),
    )
  })

  test.each([
    ['a published version lacks something', 'missing'],
    ['a published version throws while it is loaded', 'broken'],
  ] as const)('is invalid where %s', async (_, fault) => {
    const { comparison } = await comparedAs(() => {
      throw new LibraryError('axios could not be loaded', fault)
    })
    expect(comparison.verdicts[0]).toMatchObject({ state: 'invalid', reason: 'axios could not be loaded' })
  })

  test('of trees is invalid where a library throws while it is loaded, and wrong usage where it is not there', async () => {
    const comparedWith = (error: UsageError) =>
      comparedAs(
        () => {
          throw error
        },
        { sides: { base: own, head: own } },
      )
    const { comparison } = await comparedWith(new LibraryError('axios fails', 'broken'))
    expect(comparison.verdicts[0]).toMatchObject({ state: 'invalid', reason: 'axios fails' })
    const missing = new LibraryError('axios could not be loaded', 'missing')
    await expect(comparedWith(missing)).rejects.toThrow(missing)
    const usage = new UsageError('no such thing')
    await expect(comparedWith(usage)).rejects.toThrow(usage)
  })
})
