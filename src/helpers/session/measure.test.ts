import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { TunedScenario } from '../budgets/budget-file.ts'
import { budgetFileOf, invalidMeasurement, loadOf, measurementOf } from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { axios } from '../clients/axios.ts'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { lockMachine } from '../measure/lock.ts'
import { measureFirst, measureMore } from '../measure/measurement.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import { sequential, smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { measure } from './measure.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { inScope, Scope } from './scope.ts'
import { openSession, provideSession, type SessionOptions } from './session.ts'

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
      gapMs: 0,
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

  test('end with the cap of the run, and nothing begins after it', async () => {
    const { session } = begin({ startedAtMs: Date.now(), capSeconds: 100 })
    const measured = await measure(http, scenario)
    const over = { ...session, startedAtMs: 0 }
    provideSession(() => over)
    await expect(measure(http, scenario)).rejects.toThrow(new CapReachedError('http', 'small-4', 100))
    expect(measureFirst).toHaveBeenCalledTimes(1)
    expect(measured.measurement).toEqual(loadedTimes(2))
  })

  test('that would begin after the cap are not taken', async () => {
    begin({ startedAtMs: Date.now() - 99_999, capSeconds: 100 })
    vi.mocked(measureFirst).mockImplementation(async () => {
      vi.setSystemTime(Date.now() + 1_000)
      return loadedTimes(2)
    })
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const measured = await measure(http, scenario)
      expect(await measured.more(['load'])).toEqual({
        state: 'ended',
        reason: 'the cap of 100 s for the run was reached',
      })
    } finally {
      vi.useRealTimers()
    }
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
    begin({ gapMs: 60_000 })
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
