import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { budgetFileOf, measurementOf } from '../helpers/budgets/test-measurement.ts'
import { isApplicable } from '../helpers/clients/applicable.ts'
import { clients } from '../helpers/clients/list.ts'
import { measureFirst } from '../helpers/measure/measurement.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import { inScope, Scope } from '../helpers/session/scope.ts'
import { openSession, provideSession, type SessionOptions } from '../helpers/session/session.ts'
import { projectAt } from '../helpers/trees/project.ts'
import { measureRest } from './matrix.ts'

// Nothing is measured here, and nothing waits for a measurement on this machine.
vi.mock('../helpers/measure/measurement.ts', async (original) => ({
  ...(await original<typeof import('../helpers/measure/measurement.ts')>()),
  measureFirst: vi.fn(),
}))
vi.mock('../helpers/measure/lock.ts', () => ({
  lockMachine: async () => ({ [Symbol.asyncDispose]: async () => {} }),
}))

let started: string[]

function begin(options: Partial<SessionOptions> = {}) {
  started = []
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 1,
      say: () => {},
      onStart: (client, scenario) => started.push(`${client} ${scenario}`),
      ...options,
    },
    budgetFileOf(),
  )
  provideSession(() => session)
  return session
}

beforeEach(() => {
  vi.mocked(measureFirst)
    .mockReset()
    .mockImplementation(async ({ client, scenario }) => measurementOf({ client: client.name, scenario: scenario.name }))
})

describe('the rest', () => {
  test('is every client under every scenario for which it makes sense, but the limit', async () => {
    const session = begin()
    const scope = new Scope()
    await inScope(scope, () => measureRest([], session, { everything: false, byName: true }))
    const wanted = scenarios.flatMap((scenario) =>
      clients
        .filter((client) => client.name !== 'wire' && isApplicable(client, scenario))
        .map((client) => `${client.name} ${scenario.name}`),
    )
    expect(started).toEqual(wanted)
    expect(started.filter((each) => each.startsWith('wire '))).toEqual([])
    expect(scope.entries.length).toBe(started.length)
  })

  test('leaves some out where nothing particular was asked for', async () => {
    const session = begin({ project: projectAt(path.resolve(import.meta.dirname, '../..')) })
    await measureRest([], session, { everything: true, byName: true })
    expect(started).toContain('undici-request tls-16')
    expect(started).not.toContain('undici-stream tls-16')
    expect(started).toContain('undici-stream small-4')
  })

  test('leaves out clients whose packages the project lacks where nothing particular was asked for', async () => {
    const session = begin()
    await measureRest([], session, { everything: true, byName: true })
    expect(new Set(started.map((each) => each.split(' ')[0]))).toEqual(new Set(['http', 'fetch', 'gateway-ping']))
  })

  test('is what was asked for and not measured yet', async () => {
    const session = begin({ selects: (client, scenario) => client.startsWith('axios') && scenario === 'small-4' })
    await measureRest([{ measurement: measurementOf({ client: 'axios' }), verdicts: [] }], session, {
      byName: true,
      everything: false,
    })
    expect(started).toEqual(['axios-fetch small-4', 'axios-undici small-4', 'axios-default small-4'])
  })

  test('given up while it is measured, goes on no more and ends without an error', async () => {
    const interruption = new AbortController()
    const session = begin()
    vi.mocked(measureFirst).mockImplementation(async () => {
      interruption.abort()
      return measurementOf()
    })
    const scope = new Scope(interruption.signal)
    await inScope(scope, () => measureRest([], session, { everything: false, byName: true }))
    expect(started).toEqual(['http sequential'])
    expect(scope.entries).toEqual([])
  })

  test('fails with what a measurement throws, such as the cap of the run', async () => {
    const session = begin({ startedAtMs: 0, capSeconds: 60 })
    await expect(measureRest([], session, { everything: false, byName: true })).rejects.toMatchObject({
      code: 'WIREGAUGE_CAP',
    })
    expect(measureFirst).not.toHaveBeenCalled()
  })
})
