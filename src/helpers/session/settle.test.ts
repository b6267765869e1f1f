import { expect, test } from 'vitest'
import { invalidMeasurement, measurementOf, replicateOf } from '../budgets/test-measurement.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Evidence, Measurement } from '../measure/result.ts'
import { GrowingMeasurement, type More } from './measured.ts'
import { settle } from './settle.ts'

function verdictOf(changes: Partial<Verdict> = {}): Verdict {
  return {
    state: 'pass',
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against reference',
    reason: 'as expected',
    compared: 'arms',
    sameFiles: false,
    treeChanged: true,
    ...changes,
  }
}

const openTo = (evidence: Evidence, missing = Number.POSITIVE_INFINITY): Verdict =>
  verdictOf({ state: 'inconclusive', reason: 'cannot tell', openTo: { evidence, replicates: 12, missing } })

/** A measurement whose seed counts its looks; the results of asking for more, in order, and then the end. */
function growing(...results: (Measurement | More)[]) {
  const asked: (readonly Evidence[])[] = []
  const measured = new GrowingMeasurement(measurementOf({ seed: 1 }), async ({ seed }, evidence) => {
    asked.push(evidence)
    return results[asked.length - 1] ?? measurementOf({ seed: seed + 1 })
  })
  return { measured, asked }
}

test('what is decided at the first look has nothing more measured', async () => {
  const { measured, asked } = growing()
  expect(await settle(measured, () => [verdictOf()])).toEqual([verdictOf()])
  expect(asked).toEqual([])
})

test('an open verdict has more measured until it is decided', async () => {
  const { measured, asked } = growing()
  const verdicts = await settle(measured, ({ seed }) => [seed < 3 ? openTo('pair') : verdictOf()])
  expect(verdicts).toEqual([verdictOf()])
  expect(asked).toEqual([['pair'], ['pair']])
})

test('only what is open is asked for, and each kind once', async () => {
  const { measured, asked } = growing()
  await settle(measured, ({ seed }) =>
    seed < 2 ? [verdictOf(), openTo('load'), openTo('load'), openTo('solo')] : [verdictOf()],
  )
  expect(asked).toEqual([['load', 'solo']])
})

test('at the end every verdict is closed: what is decided stays, what is open says why', async () => {
  const { measured } = growing({ state: 'ended', reason: 'all looks were taken' })
  expect(await settle(measured, () => [verdictOf(), openTo('pair')])).toEqual([
    verdictOf(),
    verdictOf({ state: 'inconclusive', reason: 'cannot tell; all looks were taken, with 12 replicates' }),
  ])
})

test('where time was lacking, it says how much more would decide', async () => {
  const { measured } = growing({ state: 'ended', reason: 'the cap of 600 s for the run was reached' })
  const measurement = measurementOf({
    pair: {
      state: 'measured',
      sameFiles: false,
      replicates: [1, 2, 3].map(() => replicateOf(1)),
      retention: [],
      solo: [],
    },
    load: [],
    durationMs: 6_000,
  })
  const [verdict] = await settle({ measurement, more: (kinds) => measured.more(kinds) }, () => [openTo('pair', 4)])
  expect(verdict?.reason).toBe(
    'cannot tell; the cap of 600 s for the run was reached, with 12 replicates; about 4 more, 8 s, would decide it',
  )
})

test('a measurement that turned out invalid is judged as such', async () => {
  const { measured } = growing(invalidMeasurement('axios: hung'))
  const verdicts = await settle(measured, (measurement) =>
    measurement.state === 'invalid' ? [verdictOf({ state: 'invalid', reason: measurement.reason })] : [openTo('pair')],
  )
  expect(verdicts).toEqual([verdictOf({ state: 'invalid', reason: 'axios: hung' })])
})

test('what ends the measuring ends the judging', async () => {
  const measured = {
    measurement: measurementOf(),
    more: async () => {
      throw new Error('timed out')
    },
  }
  await expect(settle(measured, () => [openTo('pair')])).rejects.toThrow('timed out')
})
