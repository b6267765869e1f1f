import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TunedScenario } from '../budgets/budget-file.ts'
import {
  budgetFileOf,
  invalidMeasurement,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
} from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { axios } from '../clients/axios.ts'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { lockMachine } from '../measure/lock.ts'
import { gateEffort, type MeasurementPlan, measureFirst, measureMore } from '../measure/measurement.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { sequential, smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { measure, measureInTurns } from './measure.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { inScope, Scope } from './scope.ts'
import { openSession, provideSession, type Session, type SessionOptions } from './session.ts'

// Nothing is measured here, and nothing waits for a measurement on this machine.
vi.mock('../measure/measurement.ts', async (original) => ({
  ...(await original<typeof import('../measure/measurement.ts')>()),
  measureFirst: vi.fn(),
  measureMore: vi.fn(),
}))
vi.mock('../measure/lock.ts', () => ({
  lockMachine: vi.fn(async () => ({ [Symbol.asyncDispose]: async () => {} })),
}))

const noSession = new UsageError('no session in this test')

describe('measure', () => {
  beforeEach(() => {
    provideSession(() => {
      throw noSession
    })
  })

  const refusal = (got: string) =>
    new UsageError(
      `measure got ${got}; expected a client that a module exports, made by \`defineClient(import.meta.url, …)\`: ` +
        'measuring processes import it from there',
    )

  test.each<[string, unknown, string]>([
    ['a closure', async () => ({ status: 200 }), 'a function'],
    ['a client without address', { name: 'mine', league: 'equalised' }, '{"name":"mine","league":"equalised"}'],
    ['an address that is no file', { module: 'data:,', exportName: 'x' }, '{"module":"data:,","exportName":"x"}'],
    ['an address without export', { module: 'file:///x.ts' }, '{"module":"file:///x.ts"}'],
    ['an address that is no text', { module: 7, exportName: 'x' }, '{"module":7,"exportName":"x"}'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
  ])('refuses %s', async (_, client, got) => {
    const scenario = smallJson({ inFlight: 4 })
    await expect(measure(client as Client, scenario)).rejects.toThrow(refusal(got))
    await expect(measure(http, scenario, { beside: [client as Client] })).rejects.toThrow(refusal(got))
  })

  test('opens the session only for a client that will do', async () => {
    await expect(measure(http, smallJson({ inFlight: 4 }))).rejects.toThrow(noSession)
  })

  test('measures nothing that was not asked for', async () => {
    const started: string[] = []
    const session = openSession(
      {
        project: projectAt('/no-such-project'),
        seed: 1,
        say: () => {},
        selects: (client, scenario) => `${client} ${scenario}` !== 'http small-4',
        onStart: (client) => started.push(client),
      },
      budgetFileOf(),
    )
    provideSession(() => session)
    await expect(measure(http, smallJson({ inFlight: 4 }))).rejects.toThrow(NotSelectedSignal)
    expect(started).toEqual([])
  })
})

/** A session that asks for nothing that is not given; its looks are the stand-ins' above. */
function begin(options: Partial<SessionOptions> = {}, entries?: TunedScenario) {
  const told: string[] = []
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 1,
      spreadMs: 0,
      say: (message) => told.push(message),
      onStart: (client, scenario) => told.push(`${client} ${scenario}`),
      onMeasurement: (measurement) => {
        if (measurement.state === 'completed') told.push(`measured, ${measurement.load.length} under load`)
      },
      ...options,
    },
    budgetFileOf(entries),
  )
  provideSession(() => session)
  return { session, told }
}

/** A measurement of http with so many replicates under load. */
function loadedTimes(replicates: number): CompletedMeasurement {
  const load = Array.from({ length: replicates }, (_, seed) => ({ seed, clients: [loadOf('http', 10_000)] }))
  return measurementOf({ client: 'http', pair: { state: 'no reference', reason: 'none', treeChanged: false }, load })
}

/** A measurement of a changed client with so many replicates of its pair, and of the arms alone. */
function paired(given: { pairs: number; solos: number; durationMs?: number; share?: number; sameFiles?: boolean }) {
  const { pairs, solos, share = 1, sameFiles = false, durationMs = 0 } = given
  return measurementOf({
    durationMs,
    pair: pairOf({
      sameFiles,
      replicates: Array.from({ length: pairs }, () => replicateOf(share)),
      solo: Array.from({ length: solos }, () => soloOf(share)),
    }),
    load: [],
  })
}

/** A plan of a client whose tree differs from its reference. */
const changedPlan: MeasurementPlan = {
  client: axios,
  scenario: smallJson({ inFlight: 4 }),
  beside: [],
  underLoad: false,
  withWire: false,
  tree: '/head',
  pair: { state: 'measured', sameFiles: false, referenceTree: '/reference', solo: true },
  seed: 5,
  effort: gateEffort,
  first: ['pair'],
  signal: new AbortController().signal,
}

describe('the looks of a measurement', () => {
  const scenario = smallJson({ inFlight: 4 })

  beforeEach(() => {
    vi.mocked(measureFirst).mockReset().mockResolvedValue(loadedTimes(2))
    vi.mocked(measureMore)
      .mockReset()
      .mockImplementation(async ({ effort }, { load }) =>
        loadedTimes(effort.load.looks.find((look) => look > load.length) ?? 0),
      )
    vi.mocked(lockMachine).mockClear()
  })

  test('are taken one by one, each under the lock of the machine, until there are no more', async () => {
    const { told } = begin()
    const measured = await measure(http, scenario)
    expect(measured.measurement).toEqual(loadedTimes(2))
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(measured.measurement).toEqual(loadedTimes(8))
    expect(await measured.more(['load'])).toEqual({ state: 'ended', reason: 'all looks were taken' })
    expect(lockMachine).toHaveBeenCalledTimes(3)
    const looks = [2, 4, 8].flatMap((replicates) => ['http small-4', `measured, ${replicates} under load`])
    expect(told).toEqual(looks)
  })

  test('are only of the kinds that the measurement has', async () => {
    begin()
    const measured = await measure(http, scenario)
    await measured.more(['pair', 'load', 'solo'])
    expect(vi.mocked(measureMore).mock.calls.map(([, , evidence]) => evidence)).toEqual([['load']])
    const ended = { state: 'ended', reason: 'all looks were taken' }
    expect(await measured.more(['pair', 'retention'])).toEqual(ended)
  })

  describe('and the cap of the run', () => {
    const capSeconds = 100
    const capReached = { state: 'ended', reason: 'the cap of 100 s for the run was reached', replicateMs: {} }
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
    afterEach(() => void vi.useRealTimers())

    /** So much of the run's time goes by. */
    const pass = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1e3)

    test('nothing begins after it, and what was measured stays', async () => {
      begin({ capSeconds })
      const measured = await measure(http, scenario)
      pass(101)
      await expect(measure(http, scenario)).rejects.toThrow(new CapReachedError('http', 'small-4', 100))
      expect(await measured.more(['load'])).toEqual(capReached)
      expect(measureFirst).toHaveBeenCalledTimes(1)
      expect(measureMore).not.toHaveBeenCalled()
      expect(measured.measurement).toEqual(loadedTimes(2))
    })

    test('looks that waited for their turn until it was over are not taken', async () => {
      const { told } = begin({ capSeconds })
      vi.mocked(measureMore).mockImplementation(async () => {
        pass(60)
        return loadedTimes(4)
      })
      const waiting = await Promise.all([1, 2, 3, 4].map(() => measure(http, scenario)))
      const results = await Promise.all(waiting.map((measured) => measured.more(['load'])))
      const ofState = (state: string) => results.filter((result) => result.state === state)
      expect([ofState('measured').length, ofState('ended')]).toEqual([2, [capReached, capReached]])
      expect(measureMore).toHaveBeenCalledTimes(2)
      expect(told.filter((line) => line === 'http small-4').length).toBe(4 + 2)
    })

    test('first looks that waited for their turn until it was over are not taken either', async () => {
      begin({ capSeconds })
      vi.mocked(measureFirst).mockImplementation(async () => {
        pass(60)
        return loadedTimes(2)
      })
      const results = await Promise.allSettled([1, 2, 3].map(() => measure(http, scenario)))
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    })

    test('nothing begins that waited for the machine until it was over', async () => {
      const { told } = begin({ capSeconds })
      vi.mocked(lockMachine).mockImplementationOnce(async () => {
        pass(101)
        return { [Symbol.asyncDispose]: async () => {} }
      })
      await expect(measure(http, scenario)).rejects.toThrow(CapReachedError)
      expect(told).toEqual([])
    })

    test('what a replicate takes is known by its kind where time is what is lacking', async () => {
      const { session } = begin({ capSeconds })
      vi.mocked(measureFirst).mockResolvedValue(paired({ pairs: 0, solos: 0, durationMs: 0 }))
      vi.mocked(measureMore)
        .mockResolvedValueOnce(paired({ pairs: 3, solos: 0, durationMs: 6_000 }))
        .mockResolvedValueOnce(paired({ pairs: 3, solos: 2, durationMs: 11_000 }))
      const measured = await measureInTurns(session, { ...changedPlan, first: ['pair', 'solo'] })
      pass(101)
      expect(await measured.more(['pair'])).toEqual({ ...capReached, replicateMs: { pair: 2_000, solo: 2_500 } })
    })
  })

  test('of a kind that was not looked at yet come before further ones, and do not wait for them', async () => {
    const { session } = begin({ spreadMs: 600_000 })
    vi.mocked(measureFirst).mockResolvedValue(paired({ pairs: 0, solos: 0 }))
    vi.mocked(measureMore)
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 0 }))
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 2 }))
    const measured = await measureInTurns(session, changedPlan)
    await measured.more(['pair', 'solo'])
    expect(vi.mocked(measureMore).mock.calls.map(([, , evidence]) => evidence)).toEqual([['pair'], ['solo']])
  })

  test('end where the work was not the work', async () => {
    begin()
    vi.mocked(measureMore).mockResolvedValue(invalidMeasurement())
    const measured = await measure(http, scenario)
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(await measured.more(['load'])).toEqual({ state: 'ended', reason: 'the measurement is invalid' })
  })

  test('of measurements at the same time are taken in turns, first ones first', async () => {
    const { told } = begin()
    const [one, other] = [measure(http, scenario), measure(http, sequential)]
    const further = one.then((measured) => measured.more(['load']))
    await Promise.all([one, other, further])
    expect(told.filter((line) => line.startsWith('http'))).toEqual(['http small-4', 'http sequential', 'http small-4'])
  })

  test('include the limit once under a scenario, and never where nothing is measured under load', async () => {
    begin()
    await measure(http, scenario, { underLoad: false })
    await measure(http, scenario)
    await measure(axios, scenario)
    await measure(axios, sequential)
    const limits = vi.mocked(measureFirst).mock.calls.map(([plan]) => [plan.underLoad, plan.withWire])
    expect(limits).toEqual([
      [false, false],
      [true, true],
      [true, false],
      [true, true],
    ])
  })
})

describe('a measurement', () => {
  beforeEach(() => {
    vi.mocked(measureFirst).mockReset().mockResolvedValue(loadedTimes(2))
  })

  test('is given up with the scope of whoever asked for it, and belongs to nobody then', async () => {
    const { told } = begin()
    const scope = new Scope(AbortSignal.abort(new Error('timed out')))
    const given = inScope(scope, () => measure(http, smallJson({ inFlight: 4 })))
    await expect(given).rejects.toThrow('timed out')
    expect(scope.entries).toEqual([])
    expect(told).toEqual([])
  })

  test('that waits for its next look is given up with the reason of its scope', async () => {
    begin({ spreadMs: 120_000 })
    const scope = new Scope()
    const measured = await inScope(scope, () => measure(http, smallJson({ inFlight: 4 })))
    const more = measured.more(['load'])
    scope.end()
    await expect(more).rejects.toThrow('await what `measure` returns')
  })

  test('is an entry of its scope', async () => {
    begin()
    const scope = new Scope()
    await inScope(scope, () => measure(http, smallJson({ inFlight: 4 })))
    expect(scope.entries).toEqual([{ measurement: loadedTimes(2), verdicts: [] }])
  })

  test('of an earlier run is taken as it is', async () => {
    const { told } = begin({ recorded: (client, scenario) => measurementOf({ client, scenario }) })
    const scope = new Scope()
    const measured = await inScope(scope, () => measure(http, smallJson({ inFlight: 4 })))
    expect(measured.measurement).toEqual(measurementOf({ client: 'http' }))
    expect(scope.entries.length).toBe(1)
    expect(measureFirst).not.toHaveBeenCalled()
    expect(told).toEqual([])
  })
})

describe("the run's own A/A", () => {
  /** On the machine of the tuning. */
  function beginTuned(options: Partial<SessionOptions> = {}) {
    const begun = begin(options)
    const judging = { ...begun.session.judging, machine: { class: 'tuned', node: '26.10.0' } }
    return { ...begun, session: { ...begun.session, judging } }
  }

  /** Measures a changed client; the A/A afterwards keeps such a share of the reference's throughput. */
  async function measureChanged(session: Session, share = 1, plan: Partial<MeasurementPlan> = {}) {
    vi.mocked(measureFirst)
      .mockReset()
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 0, share: 0.9 }))
      .mockResolvedValue(paired({ pairs: 3, solos: 0, share, sameFiles: true }))
    const measured = await measureInTurns(session, { ...changedPlan, ...plan })
    vi.mocked(lockMachine).mockClear()
    return measured
  }

  test('is measured between copies of the reference, under the lock of the machine, and is no part of the measurement', async () => {
    const { session, told } = beginTuned()
    const measured = await measureChanged(session, 0.9)
    const before = measured.measurement
    told.length = 0
    await measured.measureNull()
    expect(vi.mocked(measureFirst).mock.lastCall?.[0]).toMatchObject({
      tree: '/reference',
      pair: { state: 'measured', sameFiles: true, referenceTree: '/reference', solo: false },
      underLoad: false,
      first: ['pair'],
    })
    expect(lockMachine).toHaveBeenCalledTimes(1)
    expect(measured.measurement).toBe(before)
    expect(told).toEqual(['axios small-4'])
    expect(session.judging.runNoise()).toContain("this run's own A/A pairs scatter 21.1 times more than at tuning")
  })

  test('is measured once a session, also when several reds ask at the same time', async () => {
    const { session } = beginTuned()
    const measured = await measureChanged(session)
    await Promise.all([measured.measureNull(), measured.measureNull()])
    await measured.measureNull()
    expect(measureFirst).toHaveBeenCalledTimes(2)
    expect(session.judging.runNoise()).toBeUndefined()
  })

  test('of an unchanged client comes from the reference of the project', async () => {
    const { session } = beginTuned()
    const measured = await measureChanged(session, 1, { pair: { state: 'same files' } })
    await measured.measureNull()
    expect(vi.mocked(measureFirst).mock.lastCall?.[0].tree).toBe(session.project.referenceTree)
  })

  test.each<[string, Partial<MeasurementPlan>, boolean]>([
    ['without a reference', { pair: { state: 'no reference', reason: 'none', treeChanged: true } }, true],
    ['that was never tuned', { scenario: sequential }, true],
    ['on another machine class', {}, false],
  ])('is not measured for a client %s', async (_, plan, tuned) => {
    const { session } = tuned ? beginTuned() : begin()
    const measured = await measureChanged(session, 1, plan)
    await measured.measureNull()
    expect(measureFirst).toHaveBeenCalledTimes(1)
  })

  test('is not measured after the cap, and nothing is said of it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const { session } = beginTuned({ capSeconds: 100 })
      const measured = await measureChanged(session, 0.9)
      vi.setSystemTime(Date.now() + 101_000)
      await measured.measureNull()
      expect(measureFirst).toHaveBeenCalledTimes(1)
      expect(session.judging.runNoise()).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })
})
