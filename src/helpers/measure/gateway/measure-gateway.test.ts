// @module-tag wide
// @module-tag nightly
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { axiosFetch } from '../../clients/axios-fetch.ts'
import { gatewayBlocking } from '../../clients/gateway-blocking.ts'
import { gatewayPing } from '../../clients/gateway-ping.ts'
import { gatewayPool } from '../../clients/gateway-pool.ts'
import { http } from '../../clients/http.ts'
import { undiciRequest } from '../../clients/undici-request.ts'
import { smallJson } from '../../scenarios/list.ts'
import { routes, serverTarget } from '../../scenarios/targets.ts'
import { gateEffort } from '../effort.ts'
import { type MeasurementPlan, measureFirst } from '../measurement.ts'
import { effort, GatewayStage, job, tree } from './test-gateway.ts'

const stage = new GatewayStage()

describe('the routes of a gateway', () => {
  test('are measured in turns, and the upstream counts what they ask for', async () => {
    const clients = [undiciRequest, gatewayPing, gatewayBlocking, gatewayPool, axiosFetch]
    const replicate = await stage.measure(clients)
    expect([...stage.pids.keys()]).toEqual(['upstream', 'gateway', 'load', 'pinging'])
    expect(stage.running).toEqual([])
    expect(replicate.clients.map(({ client }) => client)).toEqual(clients.map(({ name }) => name))
    for (const { client, windows, service, counts } of replicate.clients) {
      expect(windows).toHaveLength(2)
      const [window] = windows
      expect(window?.requests).toBeGreaterThan(0)
      expect(window?.clientCpuUsPerRequest).toBeGreaterThan(0)
      expect(service?.windows).toHaveLength(2)
      expect(service?.windows[0]).toMatchObject({ statusErrors: 0, timeouts: 0, connectionErrors: 0 })
      expect(service?.windows[0]?.eventLoopDelayP99Ms).toBeGreaterThan(0)
      expect(service?.windows[0]?.pingBesideP99Ms).toBeGreaterThan(0)
      const latency = service?.latencyAtHalfCapacity
      expect(latency).toMatchObject({ errors: 0 })
      expect(latency?.p50Ms).toBeGreaterThan(0)
      expect(latency?.p99Ms).toBeGreaterThanOrEqual(latency?.p50Ms ?? Number.POSITIVE_INFINITY)
      expect(latency?.sentLateP99Ms).toBeGreaterThanOrEqual(0)
      if (client === 'gateway-ping') {
        expect(counts).toMatchObject({ requests: 0, connections: 0 })
        expect(window?.targetCpuUsPerRequest).toBe(0)
      } else {
        expect(counts.requests).toBeGreaterThan((window?.requests ?? 0) + (latency?.requests ?? 0))
        expect(counts.fullHandshakes).toBeGreaterThan(0)
      }
    }
    const [own, , blocking] = replicate.clients
    expect(own?.counts.version).toMatch(/^\d+\./)
    // It waits for the upstream in its call, the other in its event loop.
    const [waitingInCall = 0, waitingInLoop = 1] = [blocking, own].map((load) => load?.windows[0]?.clientBusy)
    expect(waitingInCall).toBeGreaterThan(waitingInLoop)
  }, 60_000)

  test.each([
    ['routes', routes([{ path: '/items/42', json: { id: 42 } }])],
    ['a server of the project', serverTarget(import.meta.url, './test-upstream.ts', 'upstream')],
  ])(
    'call %s through a client that fetched a token first and gives values',
    async (_, target) => {
      const sdk = stage.clientThat(
        'sdk',
        0,
        'return { value: JSON.parse((await sound.send()).text) }',
        'await sound.send()',
      )
      const scenario = { ...job.scenario, path: '/items/42', secure: false, target }
      const { clients } = await stage.measure([sdk], {}, { job: { scenario } })
      expect(clients[0]?.service?.windows[0]).toMatchObject({ statusErrors: 0, timeouts: 0, connectionErrors: 0 })
      expect(clients[0]?.windows[0]?.requests).toBeGreaterThan(0)
    },
    60_000,
  )

  test('answer errors as errors, and go on', async () => {
    const failing = stage.clientThat('failing', 1, `if (sent % 2 === 0) throw new Error('refused')`)
    const { clients } = await stage.measure([failing])
    const [load] = clients
    expect(load?.service?.windows[0]?.statusErrors).toBeGreaterThan(0)
    expect(load?.service?.latencyAtHalfCapacity?.errors).toBeGreaterThan(0)
    expect(load?.service?.latencyAtHalfCapacity).not.toHaveProperty('p99Ms')
    expect(load?.windows[0]?.requests).toBeGreaterThan(0)
  }, 60_000)

  test('are measured under no scenario that loads none', async () => {
    await expect(stage.measure([http], {}, { job: { scenario: smallJson({ inFlight: 4 }) } })).rejects.toThrow(
      'the scenario small-4 loads no gateway',
    )
  })
})

describe('what is wrong with the spec is told as that:', () => {
  test('a library that is not there', async () => {
    const missing = { ...stage.clientThat('missing', 0, ''), library: 'no-such-package' }
    const file = path.join(stage.folder, 'missing.mjs')
    writeFileSync(
      file,
      `export const probe = { name: 'missing', league: 'equalised', open() {}, library: 'no-such-package' }\n`,
    )
    await expect(stage.measure([missing])).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE', fault: 'missing' })
    expect(stage.running).toEqual([])
  }, 60_000)
})

test('a measurement of a gateway ends as invalid with its reason, like that of any client', async () => {
  const plan: MeasurementPlan = {
    client: stage.clientThat('wrong-for-plan', 20, `return { ...(await sound.send()), text: 'no' }`),
    scenario: job.scenario,
    beside: [gatewayPool],
    underLoad: true,
    withWire: false,
    tree,
    pair: { state: 'no reference', reason: 'none was asked for', treeChanged: false },
    seed: 7,
    effort: { ...gateEffort, requestTimeoutMs: 5_000, load: { ...effort, looks: [1] } },
    first: ['load'],
    signal: new AbortController().signal,
  }
  const measurement = await measureFirst(plan)
  expect(measurement).toMatchObject({ state: 'invalid', reason: expect.stringContaining('another body') })
  const twice = { ...plan.effort, load: { ...plan.effort.load, looks: [2] } }
  const sound = await measureFirst({ ...plan, client: http, effort: twice })
  if (sound.state === 'invalid') throw new Error(sound.reason)
  const latencies = sound.load.map(({ clients }) => clients.map((each) => each.service?.latencyAtHalfCapacity))
  expect(latencies).toEqual([
    [expect.anything(), undefined],
    [undefined, undefined],
  ])
  expect(sound.load[0]?.clients.map(({ client }) => client)).toEqual(['http', 'gateway-pool'])
}, 60_000)
