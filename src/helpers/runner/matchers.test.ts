import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { TunedScenario } from '../budgets/budget-file.ts'
import {
  budgetFileOf,
  invalidMeasurement,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  serviceOf,
  soloOf,
  tunedThroughout,
} from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { thisMachine } from '../measure/machine.ts'
import type { CompletedMeasurement, Evidence } from '../measure/result.ts'
import { GrowingMeasurement, type Measured, recordedMeasurement } from '../session/measured.ts'
import { inScope, Scope } from '../session/scope.ts'
import { currentSession, openSession, provideSession } from '../session/session.ts'
import { type StreakFile, streakFile } from '../session/streaks.ts'
import { projectAt } from '../trees/project.ts'
import { budgetMatchers } from './matchers.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-matchers-'))
afterAll(() => rmSync(folder, { recursive: true }))

let verdicts: Verdict[] = []

function beginSession({ strict = false, root = '/no-such-project', entries = tunedThroughout } = {}): void {
  verdicts = []
  const { tuned, ...file } = budgetFileOf(entries as TunedScenario)
  const machine = { ...tuned.machine, class: thisMachine().class }
  const session = openSession(
    {
      project: projectAt(root),
      seed: 42,
      strict,
      say: () => {},
      onVerdict: (_, verdict) => verdicts.push(verdict),
    },
    { ...file, tuned: { ...tuned, machine } },
  )
  provideSession(() => session)
}
beforeEach(() => beginSession())

const thresholds = { tolerates: '1.5 %', catches: '5 %' } as const
const soloAt = (share: number) => [soloOf(share), soloOf(share)]
const replicatesAt = (shares: readonly number[]) => shares.map((share) => replicateOf(share))
const pairAt = (sameFiles: boolean, ...shares: number[]): CompletedMeasurement =>
  measurementOf({ pair: pairOf({ sameFiles, replicates: replicatesAt(shares), solo: soloAt(shares[0] ?? 1) }) })

/** A measurement whose further looks are at these shares of the reference's throughput. */
function growing(first: CompletedMeasurement, ...looks: (readonly number[])[]) {
  const asked: (readonly Evidence[])[] = []
  const measured = new GrowingMeasurement(first, async (measurement, evidence) => {
    const shares = looks[asked.length]
    asked.push(evidence)
    if (shares === undefined || measurement.state === 'invalid' || measurement.pair.state !== 'measured') {
      return { state: 'ended', reason: 'all looks were taken' }
    }
    const { pair } = measurement
    return { ...measurement, pair: { ...pair, replicates: [...pair.replicates, ...replicatesAt(shares)] } }
  })
  return { measured, asked }
}

test('each matcher judges its budgets and hands every verdict on', async () => {
  const measured = recordedMeasurement(pairAt(false, 1, 1, 1))
  const { toKeepUpWith, toHoldItsTail, toReach, toSustain, toCost } = budgetMatchers
  const results = [
    await toKeepUpWith(measured, 'reference', thresholds),
    await toHoldItsTail(measured, { p90: { tolerates: '10 %', catches: '25 %' } }),
    await toReach(measured, 'http', { tolerates: '20 %', catches: '50 %' }),
    await toSustain(measured, { requestsPerSecond: 800 }),
    await toCost(measured, { connections: 4, requestBytes: 'unchanged' }),
  ]
  expect(results.map(({ pass }) => pass)).toEqual([true, true, true, true, true])
  expect(verdicts.map(({ budget, state }) => `${budget}: ${state}`)).toEqual([
    'throughput against reference: pass',
    'p90 batch time against reference: pass',
    'throughput against http: pass',
    'throughput per second: pass',
    'connections: pass',
    'request bytes: pass',
  ])
})

describe('what the first look leaves open', () => {
  test('has more measured, and passes when that shows it', async () => {
    const { measured, asked } = growing(pairAt(false, 0.95, 0.96, 0.97), [1, 1, 1.001])
    const { pass } = await budgetMatchers.toKeepUpWith(measured, 'reference', thresholds)
    expect(pass).toBe(true)
    expect(asked).toEqual([['pair']])
    expect(verdicts.map(({ state }) => state)).toEqual(['pass'])
  })

  test('goes red when what is measured later shows the same', async () => {
    const { measured, asked } = growing(pairAt(false, 0.85, 0.85, 0.85), [0.85, 0.85, 0.85])
    const { pass, message } = await budgetMatchers.toKeepUpWith(measured, 'reference', thresholds)
    expect(pass).toBe(false)
    expect(asked).toEqual([['pair']])
    expect(message()).toContain('axios small-4, throughput against reference: regressed\n')
  })

  test('has the arms measured alone before anything is said of a changed client', async () => {
    const first = measurementOf({ pair: pairOf({ replicates: replicatesAt([1, 1, 1]), solo: [] }) })
    const { measured, asked } = growing(first)
    const { pass } = await budgetMatchers.toKeepUpWith(measured, 'reference', thresholds)
    expect(asked).toEqual([['solo']])
    expect(pass).toBe(false)
    expect(verdicts[0]?.reason).toBe(
      'the arms were not measured alone; all looks were taken, with 0 replicates of the arms alone',
    )
  })

  test('is inconclusive at the end, says why, and is open to nothing', async () => {
    const { measured } = growing(pairAt(false, 0.9, 1, 1.02))
    await budgetMatchers.toKeepUpWith(measured, 'reference', thresholds)
    expect(verdicts[0]).toMatchObject({
      state: 'inconclusive',
      reason: expect.stringMatching(/; all looks were taken, with 3 replicates(;|$)/),
    })
    expect(verdicts[0]).not.toHaveProperty('openTo')
  })

  test('is an entry of its scope with what was measured last', async () => {
    const { measured } = growing(pairAt(false, 0.85, 0.85, 0.85), [0.85, 0.85, 0.85])
    const scope = new Scope()
    scope.add(measured)
    await inScope(scope, () => budgetMatchers.toKeepUpWith(measured, 'reference', thresholds))
    expect(scope.entries).toEqual([{ measurement: measured.measurement, verdicts }])
    expect(verdicts.length).toBe(1)
  })
})

test('how a route in a gateway serves is judged, one verdict an entry', async () => {
  const load = [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', 2_000, { service: serviceOf() })] }))
  const { pass } = await budgetMatchers.toServe(recordedMeasurement(measurementOf({ load })), {
    errors: 0,
    eventLoopDelay: { tolerates: '50 %', catches: '150 %' },
    pingBeside: { tolerates: '50 %', catches: '150 %' },
  })
  expect(pass).toBe(true)
  expect(verdicts.map(({ budget, state }) => `${budget}: ${state}`)).toEqual([
    'errors: pass',
    'event-loop delay: pass',
    '/ping beside: pass',
  ])
})

test('a red is judged again by the noise of the run, which is measured then', async () => {
  const red = pairAt(false, ...Array.from({ length: 6 }, () => 0.953))
  const stateWith = async (noise: string | undefined) => {
    beginSession()
    const session = currentSession()
    let known: string | undefined
    const judging = {
      ...session.judging,
      runNoise: () => known,
      machine: { class: thisMachine().class, node: '26.10.0' },
    }
    provideSession(() => ({ ...session, judging }))
    const measureNull = async () => {
      known = noise
    }
    const ended = async () => ({ state: 'ended', reason: 'all looks were taken' }) as const
    await budgetMatchers.toKeepUpWith({ measurement: red, more: ended, measureNull }, 'reference', thresholds)
    return verdicts.at(-1)
  }
  expect(await stateWith(undefined)).toMatchObject({ state: 'regressed' })
  expect(await stateWith('its own A/A pairs scatter')).toMatchObject({
    state: 'inconclusive',
    reason: expect.stringContaining('too noisy to tell: its own A/A pairs scatter; all looks were taken'),
  })
})

describe('the message', () => {
  test('of several costs is that of the broken ones', async () => {
    const measured = recordedMeasurement(measurementOf())
    const { pass, message } = await budgetMatchers.toCost(measured, { connections: 5, requestBytes: 'unchanged' })
    expect(pass).toBe(false)
    expect(message()).toBe(
      [
        'axios small-4, connections: regressed',
        '  measured    4 connections',
        '  expected    5 connections, exactly',
        '  difference  −1',
        '  compared    the stated number',
        '  reason      4 connections, expected exactly 5',
        '  again       npx wiregauge run axios --scenario small-4 --seed 42',
      ].join('\n'),
    )
  })

  test('of costs that all pass is that of each', async () => {
    const measured = recordedMeasurement(measurementOf())
    const { message } = await budgetMatchers.toCost(measured, { connections: 4, requestBytes: 'unchanged' })
    expect(message().match(/^axios small-4, .*$/gm)).toEqual([
      'axios small-4, connections: pass',
      'axios small-4, request bytes: pass',
    ])
  })
})

const undecided = (sameFiles: boolean): Measured => recordedMeasurement(pairAt(sameFiles, 0.9, 1, 1.02))

test('inconclusive fails where the tree changed', async () => {
  expect((await budgetMatchers.toKeepUpWith(undecided(false), 'reference', thresholds)).pass).toBe(false)
})

test('inconclusive where nothing changed fails only a strict run', async () => {
  expect((await budgetMatchers.toKeepUpWith(undecided(true), 'reference', thresholds)).pass).toBe(true)
  beginSession({ strict: true })
  expect((await budgetMatchers.toKeepUpWith(undecided(true), 'reference', thresholds)).pass).toBe(false)
})

test('inconclusive where nothing changed fails in the third run running, as blind', async () => {
  const { reports } = projectAt(folder)
  mkdirSync(reports)
  const streaks = { 'axios small-4, throughput against reference': 2 }
  const file: StreakFile = { schemaVersion: 1, tuned: budgetFileOf().tuned.date, streaks }
  writeFileSync(streakFile(reports), JSON.stringify(file))
  beginSession({ root: folder })
  const { pass, message } = await budgetMatchers.toKeepUpWith(undecided(true), 'reference', thresholds)
  expect(pass).toBe(false)
  expect(message()).toContain('axios small-4, throughput against reference: inconclusive (blind)\n')
  expect(verdicts[0]).toMatchObject({ blind: true })
})

test('an invalid measurement fails, with its reason', async () => {
  const measured = recordedMeasurement(invalidMeasurement('axios: hung'))
  const { pass, message } = await budgetMatchers.toSustain(measured, { requestsPerSecond: 800 })
  expect(pass).toBe(false)
  expect(message()).toContain('  reason      axios: hung\n')
})

test('throughput can keep up with the reference only; other clients are reached', async () => {
  const measured = recordedMeasurement(measurementOf())
  await expect(budgetMatchers.toKeepUpWith(measured, 'http' as 'reference', thresholds)).rejects.toThrow(
    new UsageError(`toKeepUpWith knows no arm "http"; expected 'reference', or use toReach for another client`),
  )
})

const thresholdsExample = "thresholds, such as { tolerates: '1.5 %', catches: '5 %' }"
const costsExample = "costs, such as { connections: 4, requestBytes: 'unchanged' }"

test.each<[keyof typeof budgetMatchers, unknown[], string]>([
  ['toKeepUpWith', ['reference'], `undefined; expected ${thresholdsExample}`],
  ['toHoldItsTail', [], `undefined; expected a ladder, such as { p90: { tolerates: '5 %', catches: '15 %' } }`],
  ['toReach', ['http'], `undefined; expected ${thresholdsExample}`],
  ['toReach', ['http', '20 %'], `"20 %"; expected ${thresholdsExample}`],
  ['toReach', [], "undefined; expected the name of a client, such as 'http'"],
  ['toSustain', [], 'undefined; expected { requestsPerSecond: 800 }'],
  ['toSustain', [{ requestsPerSecond: '800' }], '{"requestsPerSecond":"800"}; expected { requestsPerSecond: 800 }'],
  [
    'toServe',
    [],
    "undefined; expected budgets, such as { errors: 0, pingBeside: { tolerates: '50 %', catches: '150 %' } }",
  ],
  ['toCost', [], `undefined; expected ${costsExample}`],
  ['toCost', [null], `null; expected ${costsExample}`],
])('%s of %j says what it expects', async (matcher, stated, told) => {
  const call = budgetMatchers[matcher] as (received: Measured, ...stated: unknown[]) => Promise<unknown>
  const measured = recordedMeasurement(measurementOf())
  await expect(call(measured, ...stated)).rejects.toThrow(new UsageError(`${matcher} got ${told}`))
})

test.each([42, undefined, null, { status: 200 }, measurementOf().pair])(
  '%j is nothing that was measured',
  async (received) => {
    const given = budgetMatchers.toSustain(received as unknown as Measured, { requestsPerSecond: 800 })
    await expect(given).rejects.toThrow(
      new UsageError(`expect got ${JSON.stringify(received)}; budgets are stated about what \`measure\` resolves to`),
    )
  },
)
