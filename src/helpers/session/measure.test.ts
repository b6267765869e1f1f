import { beforeEach, describe, expect, test } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { smallJson } from '../scenarios/list.ts'
import { projectAt } from '../trees/project.ts'
import { measure } from './measure.ts'
import { NotSelectedSignal } from './not-selected-signal.ts'
import { currentSession, openSession, provideSession } from './session.ts'

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

test('a measurement is given up with the signal of whoever asked for it', async () => {
  const measured: string[] = []
  const signals = [AbortSignal.abort(new Error('timed out'))]
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 1,
      say: () => {},
      signal: () => signals.pop() ?? new AbortController().signal,
      onMeasurement: ({ client }) => measured.push(client),
    },
    budgetFileOf(),
  )
  provideSession(() => session)
  await expect(measure(http, smallJson({ inFlight: 4 }))).rejects.toThrow('timed out')
  expect(measured).toEqual([])
})

describe('a session', () => {
  test('is opened once, by the first who asks', () => {
    let opened = 0
    const session = openSession({ project: projectAt('/no-such-project'), seed: 1, say: () => {} }, budgetFileOf())
    provideSession(() => {
      opened++
      return session
    })
    expect(opened).toBe(0)
    expect([currentSession(), currentSession()]).toEqual([session, session])
    expect(opened).toBe(1)
  })

  test('needs the budget file of its project', () => {
    const project = projectAt('/no-such-project')
    expect(() => openSession({ project, seed: 1, say: () => {} })).toThrow(
      `${project.budgetFile} is missing; it holds what the budgets of the specs were tuned to`,
    )
  })
})
