import { describe, expect, test } from 'vitest'
import {
  invalidMeasurement,
  judgingBy,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
} from '../budgets/test-measurement.ts'
import { bareVerdict } from '../budgets/test-verdict.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { replicatesOf } from '../measure/measurement.ts'
import type { Evidence, Measurement } from '../measure/result.ts'
import { GrowingMeasurement, type More } from './measured.ts'
import type { ReplicateMs } from './pace.ts'
import { type Settling, settle } from './settle.ts'

const settling: Settling = { looks: judgingBy().looks }

const openTo = (evidence: Evidence, missing = Number.POSITIVE_INFINITY): Verdict =>
  bareVerdict({ state: 'inconclusive', reason: 'cannot tell', openTo: { evidence, replicates: 12, missing } })

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
  expect(await settle(measured, () => [bareVerdict()], settling)).toEqual([bareVerdict()])
  expect(asked).toEqual([])
})

test('an open verdict has more measured until it is decided', async () => {
  const { measured, asked } = growing()
  const verdicts = await settle(measured, ({ seed }) => [seed < 3 ? openTo('pair') : bareVerdict()], settling)
  expect(verdicts).toEqual([bareVerdict()])
  expect(asked).toEqual([['pair'], ['pair']])
})

test('only what is open is asked for, and each kind once', async () => {
  const { measured, asked } = growing()
  const verdicts = (open: boolean) =>
    (['load', 'load', 'solo'] as const).map((kind) => (open ? openTo(kind) : bareVerdict()))
  await settle(measured, ({ seed }) => [bareVerdict(), ...verdicts(seed < 2)], settling)
  expect(asked).toEqual([['load', 'solo']])
})

test('what is enough ends the measuring, and what is open says why', async () => {
  const { measured, asked } = growing()
  const enough = ([first]: readonly Verdict[]) => (first?.state === 'regressed' ? 'red already' : undefined)
  const judge = ({ seed }: Measurement) => [
    seed < 2 ? openTo('pair') : bareVerdict({ state: 'regressed' }),
    openTo('solo'),
  ]
  const verdicts = await settle(measured, judge, { ...settling, enough })
  expect(asked).toEqual([['pair', 'solo']])
  expect(verdicts.map(({ state, reason }) => `${state}: ${reason}`)).toEqual([
    'regressed: as expected',
    'inconclusive: cannot tell; red already, with 12 replicates of the arms alone',
  ])
})

test('what is decided is not asked whether it is enough', async () => {
  const enough = () => expect.unreachable('asked')
  expect(await settle(growing().measured, () => [bareVerdict()], { ...settling, enough })).toEqual([bareVerdict()])
})

test('at the end every verdict is closed: what is decided stays, what is open says why', async () => {
  const { measured } = growing({ state: 'ended', reason: 'all looks were taken' })
  expect(await settle(measured, () => [bareVerdict(), openTo('pair')], settling)).toEqual([
    bareVerdict(),
    bareVerdict({ state: 'inconclusive', reason: 'cannot tell; all looks were taken, with 12 replicates' }),
  ])
})

describe('where time was lacking', () => {
  const capped = (replicateMs: ReplicateMs): More => ({ state: 'ended', reason: 'the cap was reached', replicateMs })
  const reasonOf = async (open: Verdict, more: More): Promise<string | undefined> => {
    const [verdict] = await settle(growing(more).measured, () => [open], settling)
    return verdict?.reason
  }

  test('it says how much more would decide, by what a replicate of that kind takes', async () => {
    expect(await reasonOf(openTo('pair', 4), capped({ pair: 2_000, load: 9_000 }))).toBe(
      'cannot tell; the cap was reached, with 12 replicates; about 4 more, 8 s, would decide it',
    )
  })

  test('it says no seconds of what was never measured', async () => {
    expect(await reasonOf(openTo('solo', 2), capped({ pair: 2_000 }))).toBe(
      'cannot tell; the cap was reached, with 12 replicates of the arms alone; about 2 more would decide it',
    )
  })

  test('it says nothing of what no number of replicates would decide', async () => {
    expect(await reasonOf(openTo('pair'), capped({ pair: 2_000 }))).toBe(
      'cannot tell; the cap was reached, with 12 replicates',
    )
  })

  test('and not where all looks were taken: more time would change nothing', async () => {
    expect(await reasonOf(openTo('pair', 4), { state: 'ended', reason: 'all looks were taken' })).toBe(
      'cannot tell; all looks were taken, with 12 replicates',
    )
  })
})

describe('budgets beside each other', () => {
  /** Pairs at these shares of the reference's throughput, and solo replicates, in the order of their looks. */
  const pairs = [1, 1, 1, 0.5, 0.5, 0.5]
  const grownTo = (count: number, solos: number): Measurement =>
    measurementOf({
      pair: pairOf({
        replicates: pairs.slice(0, count).map((share) => replicateOf(share)),
        solo: Array.from({ length: solos }, () => soloOf(1)),
      }),
    })
  const countsIn = (measurement: Measurement) =>
    measurement.state === 'completed'
      ? [replicatesOf(measurement, 'pair'), replicatesOf(measurement, 'solo')].join('+')
      : 'invalid'
  const growingTo = (...looks: [number, number][]) => {
    const [first = grownTo(3, 0), ...others] = looks.map(([count, solos]) => grownTo(count, solos))
    let at = 0
    return new GrowingMeasurement(first, async () => others[at++] ?? { state: 'ended', reason: 'all looks were taken' })
  }
  /** Passes on three pairs, and is red on more. */
  const early = (measurement: Measurement): Verdict =>
    countsIn(measurement).startsWith('3+') ? bareVerdict({ budget: 'early' }) : bareVerdict({ state: 'regressed' })
  const late = (measurement: Measurement): Verdict =>
    countsIn(measurement).startsWith('6+') ? bareVerdict({ budget: 'late' }) : openTo('pair')

  test('keep what was decided at an earlier look than the neighbour needs', async () => {
    const verdicts = await settle(
      growingTo([3, 0], [6, 0]),
      (measurement) => [early(measurement), late(measurement)],
      settling,
    )
    expect(verdicts.map(({ budget, state }) => `${budget}: ${state}`)).toEqual(['early: pass', 'late: pass'])
  })

  test('are decided look by look, also when others have had more measured before', async () => {
    const seen: string[] = []
    const verdicts = await settle(
      growingTo([6, 0]),
      (measurement) => {
        seen.push(countsIn(measurement))
        return [early(measurement), late(measurement)]
      },
      settling,
    )
    expect(verdicts.map(({ state }) => state)).toEqual(['pass', 'pass'])
    expect(new Set(seen)).toEqual(new Set(['3+0', '6+0']))
  })

  test('see no more of one kind for having waited for another', async () => {
    const alone = (measurement: Measurement): Verdict =>
      countsIn(measurement) === '3+2' ? bareVerdict({ budget: 'alone' }) : openTo('solo')
    const verdicts = await settle(
      growingTo([3, 0], [6, 0], [6, 2]),
      (measurement) => [late(measurement), alone(measurement)],
      settling,
    )
    expect(verdicts.map(({ state }) => state)).toEqual(['pass', 'pass'])
  })

  test('keep what was decided when the work turns out invalid later', async () => {
    const measured = new GrowingMeasurement(grownTo(3, 0), async () => invalidMeasurement('axios: hung'))
    const judge = (measurement: Measurement): Verdict[] =>
      measurement.state === 'invalid'
        ? [1, 2].map(() => bareVerdict({ state: 'invalid' }))
        : [early(measurement), late(measurement)]
    expect((await settle(measured, judge, settling)).map(({ state }) => state)).toEqual(['pass', 'invalid'])
  })
})

describe('before a red', () => {
  const scattering = { estimate: 0.9, low: 0.89, high: 0.91, level: 0.95 }
  const red = bareVerdict({ state: 'regressed', measured: scattering })

  test('about a value that scatters the noise of the run is asked for, and it is judged again', async () => {
    let noisy = false
    const beforeRed = async () => {
      noisy = true
    }
    const { measured } = growing({ state: 'ended', reason: 'all looks were taken' })
    const [verdict] = await settle(measured, () => [noisy ? openTo('pair') : red], { ...settling, beforeRed })
    expect(verdict).toMatchObject({ state: 'inconclusive' })
    const quiet = growing().measured
    expect(await settle(quiet, () => [red], settling)).toEqual([red])
  })

  test.each([
    ['that was counted', bareVerdict({ state: 'regressed', measured: { ...scattering, level: 1 } })],
    ['that passes', bareVerdict({ measured: scattering })],
  ])('nothing is asked for about a value %s', async (_, verdict) => {
    const beforeRed = async () => expect.unreachable('asked')
    expect(await settle(growing().measured, () => [verdict], { ...settling, beforeRed })).toEqual([verdict])
  })
})

test('a measurement that turned out invalid is judged as such', async () => {
  const { measured } = growing(invalidMeasurement('axios: hung'))
  const verdicts = await settle(
    measured,
    (measurement) =>
      measurement.state === 'invalid'
        ? [bareVerdict({ state: 'invalid', reason: measurement.reason })]
        : [openTo('pair')],
    settling,
  )
  expect(verdicts).toEqual([bareVerdict({ state: 'invalid', reason: 'axios: hung' })])
})

test('what ends the measuring ends the judging', async () => {
  const measured = {
    measurement: measurementOf(),
    more: async () => {
      throw new Error('timed out')
    },
    measureNull: async () => {},
  }
  await expect(settle(measured, () => [openTo('pair')], settling)).rejects.toThrow('timed out')
})
