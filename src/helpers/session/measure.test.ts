import { beforeEach, describe, expect, test, vi } from 'vitest'
import { budgetFileOf, measurementOf } from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { axios } from '../clients/axios.ts'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { measureFirst } from '../measure/measurement.ts'
import { burst512, sweep } from '../scenarios/bursts.ts'
import { gzip100k } from '../scenarios/connections.ts'
import { sequential, smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { measure } from './measure.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { inScope, Scope } from './scope.ts'
import { openSession, provideSession } from './session.ts'
import { begin, loadedTimes } from './test-session.ts'

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

  test('refuses a client by the name of one of ours', async () => {
    const mine: Client = { ...http, module: 'file:///perf/clients.ts', exportName: 'myHttp' }
    const problem = new UsageError(
      'myHttp in file:///perf/clients.ts has the name http, which is that of a client of wiregauge; give it another `name`',
    )
    await expect(measure(mine, smallJson({ inFlight: 4 }))).rejects.toThrow(problem)
    await expect(measure(axios, smallJson({ inFlight: 4 }), { beside: [mine] })).rejects.toThrow(problem)
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

  test('has as many windows of each client in a process as it asks for', async () => {
    begin()
    await measure(http, burst512, { rounds: 6 })
    await measure(http, burst512)
    const rounds = vi.mocked(measureFirst).mock.calls.map(([plan]) => plan.effort.load.rounds)
    expect(rounds).toEqual([6, 2])
    await expect(measure(http, burst512, { rounds: 1.5 })).rejects.toThrow(
      new UsageError('measure got rounds: 1.5; expected a whole number above 0'),
    )
  })

  test('leaves the limit out where its lanes are not full, or where it could not read what comes', async () => {
    begin()
    for (const scenario of [burst512, sweep, gzip100k]) await measure(http, scenario)
    expect(vi.mocked(measureFirst).mock.calls.map(([plan]) => plan.withWire)).toEqual([false, false, false])
  })

  test('includes the limit once under a scenario, and never where nothing is measured under load', async () => {
    begin()
    const scenario = smallJson({ inFlight: 4 })
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
