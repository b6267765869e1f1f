import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { undiciRequest } from '../../helpers/clients/undici-request.ts'
import { gateEffort, looksOf } from '../../helpers/measure/effort.ts'
import { comparisonOf, verdictOf } from '../../helpers/reports/test-comparison.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { openSession } from '../../helpers/session/session.ts'
import { UnknownPackageError, UnknownVersionError } from '../../helpers/trees/npm-error.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import type { Comparison } from '../compare/compare-one.ts'
import { TooOldError } from '../compare/runs-on.ts'
import { type Asked, measureWith, stepOf } from './measure-step.ts'

describe('a step of a search', () => {
  test('is what the verdict about throughput says', () => {
    const other = verdictOf({ budget: 'request bytes', state: 'pass' })
    const comparison = comparisonOf({ verdicts: [other, verdictOf({ reason: 'slower' })] })
    expect(stepOf({ comparison })).toEqual({
      state: 'regressed',
      throughput: comparison.throughput,
      reason: 'slower',
    })
  })

  test('cannot be measured where the work was not the work', () => {
    const { throughput: _none, ...invalid } = comparisonOf({
      verdicts: [verdictOf({ state: 'invalid', reason: 'hung' })],
    })
    expect(stepOf({ comparison: invalid })).toEqual({ state: 'not measurable', reason: 'hung' })
  })
})

describe('measuring a version against another', () => {
  const root = path.resolve(import.meta.dirname, '../../..')
  const session = openSession({ project: projectAt(root), seed: 7, say: () => {} }, budgetFileOf())

  function askedWith(installing: () => void = () => {}): Asked {
    return {
      session,
      subject: { client: undiciRequest, scenario: smallJson({ inFlight: 4 }) },
      library: 'undici',
      openers: {
        root,
        version: async ({ undici: version = '' }) => {
          installing()
          return { root: `/cache/${version}`, versions: { undici: version }, lockDigest: '' }
        },
        checkout: () => Promise.reject(new Error('nothing is checked out')),
      },
      signal: new AbortController().signal,
    }
  }

  test('compares it as head by the finest thresholds, with the patience asked for, and draws the same again', async () => {
    const made: Comparison[] = []
    const measure = measureWith(askedWith(), async (comparison) => {
      made.push(comparison)
      return { comparison: comparisonOf() }
    })
    for (const patience of [2, 2, 4]) await measure({ version: '8.5.0', against: '8.4.1', patience })
    expect(made.map(({ sides }) => [sides.base.name, sides.head.name])).toEqual(
      Array.from({ length: 3 }, () => ['undici@8.4.1', 'undici@8.5.0']),
    )
    expect(made.map(({ stated }) => stated)).toEqual(['finest', 'finest', 'finest'])
    const seeds = made.map((each) => each.session.seed)
    expect([seeds[1] === seeds[0], seeds[2] === seeds[0]]).toEqual([true, false])
  })

  test('with more patience takes more looks of the pair and of the arms alone, which the thresholds know', async () => {
    const made: Comparison[] = []
    const measure = measureWith(askedWith(), async (comparison) => {
      made.push(comparison)
      return { comparison: comparisonOf() }
    })
    for (const patience of [1, 4]) await measure({ version: '8.5.0', against: '8.4.1', patience })
    const looks = made.map((each) => each.session.judging.looks)
    expect(looks).toEqual(made.map((each) => looksOf(each.session.effort)))
    expect(looks[0]).toEqual(looksOf(gateEffort))
    expect([looks[1]?.pair, looks[1]?.solo]).toEqual([
      [12, 20, 40],
      [8, 16, 32],
    ])
  })

  const said = { code: 'ETARGET', summary: 'none', detail: '' }
  test.each([
    new UnknownVersionError('undici@8.9.9', said),
    new UnknownPackageError('gone@1.0.0', said),
    new TooOldError('undici-request runs on undici 6.0.0 and newer'),
  ])('goes around what is gone, or what the client does not run on: $name', async (error) => {
    const measure = measureWith(
      askedWith(() => {
        throw error
      }),
      async () => ({ comparison: comparisonOf() }),
    )
    expect(await measure({ version: '8.9.9', against: '8.4.1', patience: 1 })).toEqual({
      state: 'not measurable',
      reason: error.message,
    })
  })

  test.each([new Error('interrupted'), new UsageError('cannot be used as cache')])(
    'is ended by anything else: $message',
    async (error) => {
      const measure = measureWith(askedWith(), () => Promise.reject(error))
      await expect(measure({ version: '8.5.0', against: '8.4.1', patience: 1 })).rejects.toBe(error)
    },
  )
})
