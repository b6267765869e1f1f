// @module-tag wide
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { processesOf } from '../../../../fixtures/processes.ts'
import { axiosFetch } from '../../clients/axios-fetch.ts'
import { type Client, defineClient } from '../../clients/contract.ts'
import { gatewayBlocking } from '../../clients/gateway-blocking.ts'
import { gatewayPing } from '../../clients/gateway-ping.ts'
import { gatewayPool } from '../../clients/gateway-pool.ts'
import { http } from '../../clients/http.ts'
import { undiciRequest } from '../../clients/undici-request.ts'
import { gateway, gatewayWrk } from '../../scenarios/gateway.ts'
import { smallJson } from '../../scenarios/list.ts'
import { gateEffort } from '../effort.ts'
import { isRunning } from '../is-running.ts'
import type { LoadEffort } from '../load.ts'
import { type MeasurementPlan, measureFirst } from '../measurement.ts'
import type { Role } from './gateway-processes.ts'
import { type GatewayOptions, measureGateway } from './measure-gateway.ts'
import { wrkVersion } from './wrk-load.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-gateway-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tree = path.resolve(import.meta.dirname, '../../../..')
const effort: LoadEffort = { warmUpMs: 20, rounds: 2, rampMs: 10, windowMs: 40 }
const job = { scenario: { ...gateway, inFlight: 4, connections: 4 }, seed: 1, requestTimeoutMs: 5_000 }
const never = new AbortController().signal
/** Every role's process, as it was started. */
let pids: Map<Role, number>
beforeEach(() => {
  pids = new Map()
})
afterEach(() => vi.unstubAllEnvs())
const running = () => [...pids].filter(([, pid]) => isRunning(pid)).map(([role]) => role)

const measure = (clients: readonly Client[], options: GatewayOptions = {}, signal = never, changes = {}) =>
  measureGateway(clients, { ...job, ...changes }, tree, effort, signal, {
    onProcess: (role, pid) => pids.set(role, pid),
    ...options,
  })

/** A client in a module of its own, over `http`, whose `send` is the given body after so many requests. */
function clientThat(name: string, after: number, body: string): Client {
  const file = path.join(folder, `${name}.mjs`)
  writeFileSync(
    file,
    `import { http } from ${JSON.stringify(http.module)}
export const probe = { ...http, name: '${name}', async open(library, request) {
  const sound = await http.open(library, request)
  let sent = 0
  return { ...sound, async send() { if (++sent > ${after}) { ${body} } return await sound.send() } }
} }
`,
  )
  return { ...http, ...defineClient(pathToFileURL(file).href, 'probe', { ...http, name }) }
}

describe('the routes of a gateway', () => {
  test('are measured in turns, and the upstream counts what they ask for', async () => {
    const clients = [undiciRequest, gatewayPing, gatewayBlocking, gatewayPool, axiosFetch]
    const replicate = await measure(clients)
    expect([...pids.keys()]).toEqual(['upstream', 'gateway', 'load', 'pinging'])
    expect(running()).toEqual([])
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
      if (client === 'gateway-ping') {
        expect(counts).toMatchObject({ requests: 0, connections: 0 })
        expect(window?.targetCpuUsPerRequest).toBe(0)
      } else {
        expect(counts.requests).toBeGreaterThan((window?.requests ?? 0) + (latency?.requests ?? 0))
        expect(counts.fullHandshakes).toBeGreaterThan(0)
        // Upstream answers take 5 ms at least.
        expect(latency?.p50Ms).toBeGreaterThan(4)
      }
    }
    const [own, , blocking] = replicate.clients
    expect(own?.counts.version).toMatch(/^\d+\./)
    expect(blocking?.windows[0]?.clientBusy).toBeGreaterThan(0.9)
  }, 60_000)

  test('answer errors as errors, and go on', async () => {
    const failing = clientThat('failing', 1, `if (sent % 2 === 0) throw new Error('refused')`)
    const { clients } = await measure([failing])
    const [load] = clients
    expect(load?.service?.windows[0]?.statusErrors).toBeGreaterThan(0)
    expect(load?.service?.latencyAtHalfCapacity?.errors).toBeGreaterThan(0)
    expect(load?.windows[0]?.requests).toBeGreaterThan(0)
  }, 60_000)

  test('are measured under no scenario that loads none', async () => {
    await expect(measure([http], {}, never, { scenario: smallJson({ inFlight: 4 }) })).rejects.toThrow(
      'the scenario small-4 loads no gateway',
    )
  })
})

describe('a measurement of a gateway is invalid, and nothing is left running,', () => {
  const invalid = async (clients: readonly Client[], message: string | RegExp, options: GatewayOptions = {}) => {
    await expect(measure(clients, options)).rejects.toMatchObject({
      code: 'WIREGAUGE_INVALID_WORK',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
    expect(pids.size).toBe(4)
    expect(running()).toEqual([])
  }
  /** Kills a process when the measurement is under way. */
  const killing = (doomed: Role): GatewayOptions => ({
    onProcess: (role, pid) => {
      pids.set(role, pid)
      if (role === doomed) setTimeout(() => isRunning(pid) && process.kill(pid, 'SIGKILL'), 2_500)
    },
  })
  const long = { ...effort, rounds: 1_000 }
  const invalidWhileLong = async (doomed: Role, message: string) => {
    const measured = measureGateway([http, gatewayPool], job, tree, long, never, killing(doomed))
    await expect(measured).rejects.toMatchObject({
      code: 'WIREGAUGE_INVALID_WORK',
      message: expect.stringContaining(message),
    })
    expect(pids.size).toBe(4)
    expect(running()).toEqual([])
  }

  test('where its port cannot be had', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    const { promise, resolve } = Promise.withResolvers<void>()
    server.once('listening', resolve)
    await promise
    const { port } = server.address() as { port: number }
    const message = `the gateway cannot listen on 127.0.0.1:${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}`
    await invalid([http], message, { port })
    server.close()
  }, 60_000)

  test(
    'where the upstream dies',
    () => invalidWhileLong('upstream', 'the upstream process was killed by SIGKILL'),
    60_000,
  )

  test('where the gateway dies', () => invalidWhileLong('gateway', 'the gateway process was killed by SIGKILL'), 60_000)

  test('where the load is killed', () => invalidWhileLong('load', 'the load process was killed by SIGKILL'), 60_000)

  test('where a worker of the pool crashes', async () => {
    const caller = clientThat('exits', 20, 'process.exit(7)')
    await invalid([gatewayPool], 'gateway-pool: a worker of the pool crashed: worker exited with code: 7', { caller })
  }, 60_000)

  test('where the worker of the blocking call crashes', async () => {
    const caller = clientThat('exits-blocking', 20, 'process.exit(7)')
    await invalid([gatewayBlocking], /^gateway-blocking: its worker failed: /, { caller })
  }, 60_000)

  test('where a route has another body', async () => {
    const wrong = clientThat('wrong', 20, `return { ...(await sound.send()), text: 'no' }`)
    await invalid([wrong], /^wrong: .*another body than the checked one$/)
  }, 60_000)

  test('where the first reply is wrong', async () => {
    const wrong = clientThat('wrong-first', 0, `return { ...(await sound.send()), text: 'no' }`)
    await invalid([wrong], /^wrong-first: the first reply is wrong: the body differs: expected ".*", got "no"$/)
  }, 60_000)

  test('where the upstream got more than the route asked for', async () => {
    const twice = clientThat('twice', 5, 'await sound.send()')
    await invalid([twice], /^twice: \d+ requests were asked for, the target got \d+$/)
  }, 60_000)

  test('where a call hangs', async () => {
    const hangs = clientThat('hangs', 20, 'await new Promise(() => {})')
    const measured = measure([hangs], {}, never, { requestTimeoutMs: 300 })
    await expect(measured).rejects.toThrow(/^hangs: /)
    expect(running()).toEqual([])
  }, 60_000)
})

describe('what is wrong with the spec is told as that:', () => {
  test('a library that is not there', async () => {
    const missing = { ...clientThat('missing', 0, ''), library: 'no-such-package' }
    const file = path.join(folder, 'missing.mjs')
    writeFileSync(file, `export const probe = { name: 'missing', league: 'equalised', library: 'no-such-package' }\n`)
    await expect(measure([missing])).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE', fault: 'missing' })
    expect(running()).toEqual([])
  }, 60_000)
})

describe('a measurement of a gateway', () => {
  test('is given up by the signal, and nothing is left running', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 2_000)
    const onProcess = (role: Role, pid: number) => void pids.set(role, pid)
    const measured = measureGateway([http], job, tree, { ...effort, rounds: 1_000 }, controller.signal, { onProcess })
    await expect(measured).rejects.toThrow()
    expect(running()).toEqual([])
    expect(pids.size).toBe(4)
  }, 60_000)

  test('ends with its parent, however busy a client keeps the gateway', async () => {
    const busy = clientThat('busy', 0, 'for (;;);')
    const program = `
      const { measureGateway } = await import(${JSON.stringify(new URL('./measure-gateway.ts', import.meta.url).href)})
      const { probe } = await import(${JSON.stringify(busy.module)})
      const client = { ...probe, module: ${JSON.stringify(busy.module)}, exportName: 'probe' }
      const onProcess = (role, pid) => console.log(pid)
      const signal = new AbortController().signal
      await measureGateway([client], ${JSON.stringify(job)}, ${JSON.stringify(tree)}, ${JSON.stringify(effort)}, signal, { onProcess })
    `
    const options = ['--input-type=module', '-e', program]
    const parent = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    const started: number[] = []
    for await (const line of createInterface({ input: parent.stdout })) {
      if (started.push(Number(line)) === 4) break
    }
    // By now its only client was asked for something, and is at it for ever.
    await sleep(1_500)
    expect(started.filter(isRunning)).toHaveLength(4)
    parent.kill('SIGKILL')
    await expect.poll(() => started.filter(isRunning), { timeout: 10_000 }).toEqual([])
  }, 60_000)

  test('ends as invalid with its reason, like that of any client', async () => {
    const plan: MeasurementPlan = {
      client: clientThat('wrong-for-plan', 20, `return { ...(await sound.send()), text: 'no' }`),
      scenario: job.scenario,
      beside: [gatewayPool],
      underLoad: true,
      withWire: false,
      tree,
      pair: { state: 'no reference', reason: 'none was asked for', treeChanged: false },
      seed: 7,
      effort: { ...gateEffort, requestTimeoutMs: 5_000, load: { ...effort, looks: [1] } },
      first: ['load'],
      signal: never,
    }
    const measurement = await measureFirst(plan)
    expect(measurement).toMatchObject({ state: 'invalid', reason: expect.stringContaining('another body') })
    const twice = { ...plan.effort, load: { ...plan.effort.load, looks: [2] } }
    const sound = await measureFirst({ ...plan, client: http, effort: twice })
    if (sound.state === 'invalid') throw new Error(sound.reason)
    const latencies = sound.load.map(({ clients }) => clients.map((each) => each.service?.latencyAtHalfCapacity))
    expect(latencies).toEqual([
      [expect.anything(), expect.anything()],
      [undefined, undefined],
    ])
    expect(sound.load[0]?.clients.map(({ client }) => client)).toEqual(['http', 'gateway-pool'])
  }, 60_000)
})

const hasWrk = await wrkVersion().then(
  () => true,
  () => false,
)

describe('wrk', () => {
  const scenario = { ...gatewayWrk, inFlight: 4, connections: 4 }

  test('loads a gateway where it is installed, and is asked for where not', async () => {
    // On a busy machine wrk takes longer to start than a short window lasts.
    const patient = { ...effort, rounds: 1, windowMs: 250 }
    const onProcess = (role: Role, pid: number) => void pids.set(role, pid)
    const measured = measureGateway([http], { ...job, scenario }, tree, patient, never, { onProcess })
    if (hasWrk) {
      const [load] = (await measured).clients
      expect(load?.windows[0]?.requests).toBeGreaterThan(0)
      expect(load?.service?.windows[0]).toMatchObject({ statusErrors: 0, timeouts: 0, connectionErrors: 0 })
      expect(load?.service?.latencyAtHalfCapacity).toBeUndefined()
      expect(running()).toEqual([])
    } else await expect(measured).rejects.toThrow('apt-get install wrk')
  }, 60_000)

  test('ends with the load process that has started it', async () => {
    // One that would go on for a minute, wherever the test runs.
    writeFileSync(path.join(folder, 'wrk'), '#!/bin/sh\n[ "$1" = -v ] && exit 1\nsleep 59\n', { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env['PATH']}`)
    const outcome = expect(measure([http], {}, never, { scenario })).rejects.toThrow(
      'the load process was killed by SIGKILL',
    )
    const started = () => processesOf({ group: pids.get('load') ?? 0, running: 'sleep 59' })
    await expect.poll(started, { timeout: 20_000 }).not.toEqual([])
    process.kill(pids.get('load') as number, 'SIGKILL')
    await outcome
    await expect.poll(started).toEqual([])
    expect(running()).toEqual([])
  }, 60_000)
})
