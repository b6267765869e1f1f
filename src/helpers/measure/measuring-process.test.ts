import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { HeapProfiler } from 'node:inspector'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { http } from '../clients/http.ts'
import { burst512 } from '../scenarios/bursts.ts'
import { smallJson } from '../scenarios/list.ts'
import { measuringFlags } from './environment.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Job } from './job.ts'
import { lastBatchMs, MeasuringProcess } from './measuring-process.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-process-'))
afterAll(() => rmSync(folder, { recursive: true }))

const root = path.resolve(import.meta.dirname, '../../..')
const never = new AbortController().signal

function jobOf(client: Job['client'], arms: readonly string[] = ['current']): Job {
  return {
    client: { module: client.module, exportName: client.exportName },
    scenario: smallJson({ inFlight: 4 }),
    arms: arms.map((name) => ({ name, tree: root })),
    seed: 1,
    warmUp: { by: 'batches', durationMs: 1 },
    requestTimeoutMs: 5_000,
  }
}

/** A client in a module of its own, opened by the given body of `open(library, request)`. */
function clientWith(name: string, open: string): Job['client'] {
  const file = path.join(folder, `${name}.mjs`)
  const head = `import { http } from ${JSON.stringify(http.module)}\nimport net from 'node:net'\nimport { once } from 'node:events'\n`
  writeFileSync(
    file,
    `${head}export const probe = { ...http, name: '${name}', async open(library, request) {\n${open}\n} }\n`,
  )
  return { module: pathToFileURL(file).href, exportName: 'probe' }
}

describe('a measuring process', () => {
  test('opens, measures and closes the arms of a job, and its counts agree with what was asked', async () => {
    const job: Job = { ...jobOf(http, ['current', 'reference']), watchesSockets: true }
    await using measuring = await MeasuringProcess.prepare(job, never)
    const blocks = await measuring.blocks(20)
    const window = await measuring.window({ rampMs: 1, durationMs: 20 })
    const allocation = await measuring.allocation()
    const buffers = await measuring.buffers()
    const totals = await measuring.totals()
    const retention = await measuring.retention()
    const counts = await measuring.finish()

    expect(blocks.arms.map(({ arm }) => arm)).toEqual(['current', 'reference'])
    const [current, reference] = blocks.arms.map(({ batchUs }) => batchUs)
    expect(current?.length).toBeGreaterThan(0)
    expect(current?.length).toBe(reference?.length)
    expect(current?.every((microseconds) => microseconds > 0)).toBe(true)
    expect(window.requests).toBeGreaterThan(0)
    expect(totals.map(({ arm }) => arm)).toEqual(['current', 'reference'])
    for (const { requests, clientCpuUsPerRequest, wallUsPerRequest } of totals) {
      expect(requests).toBe(totals[0]?.requests)
      expect(clientCpuUsPerRequest).toBeGreaterThan(0)
      expect(wallUsPerRequest).toBeGreaterThan(0)
    }
    expect(allocation.map(({ arm }) => arm)).toEqual(['current', 'reference'])
    for (const { allocatedBytesPerRequest } of allocation) expect(allocatedBytesPerRequest).toBeGreaterThan(1_000)
    expect(buffers.map(({ arm }) => arm)).toEqual(['current', 'reference'])
    for (const { bufferBytesPerRequest } of buffers) expect(bufferBytesPerRequest).toBeGreaterThanOrEqual(0)
    expect(retention.map(({ arm }) => arm)).toEqual(['current', 'reference'])
    for (const { retainedBytes, residentBytes, listeners } of retention) {
      expect(retainedBytes).toHaveLength(9)
      expect(residentBytes).toHaveLength(9)
      expect(listeners).toBeGreaterThan(0)
    }
    expect(counts.map(({ arm, connections, openConnections }) => ({ arm, connections, openConnections }))).toEqual([
      { arm: 'current', connections: 4, openConnections: 4 },
      { arm: 'reference', connections: 4, openConnections: 4 },
    ])
    // The checked request, a batch of warm-up or more, the blocks, totals, retention; the window is the first arm's.
    const retained = (retention[0]?.requestsPerPoint ?? 0) * 9
    const own = 1 + 4 + (current?.length ?? 0) * 4 + (totals[0]?.requests ?? 0) + retained
    expect(counts[1]?.requests).toBeGreaterThanOrEqual(own)
    expect(counts[0]?.requests).toBeGreaterThanOrEqual(own + window.requests)
  }, 20_000)

  test('has the allow-listed environment and the fixed flags, and nothing of Vitest', async () => {
    const client = clientWith(
      'environment',
      `throw new Error(JSON.stringify([Object.keys(process.env), process.execArgv]))`,
    )
    const reason = await MeasuringProcess.prepare(jobOf(client), never).then(
      () => 'no error',
      (error: Error) => error.message,
    )
    const start = 'current: failed in open: Error: '
    expect(reason.slice(0, start.length)).toBe(start)
    const [names, flags] = JSON.parse(reason.slice(start.length)) as [string[], string[]]
    expect(process.env['VITEST']).toBeDefined()
    const allowed = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ']
    expect(names.filter((name) => !allowed.includes(name))).toEqual([])
    expect(flags).toEqual(measuringFlags)
  }, 20_000)

  test('opens an arm by its own client where it has one, and tells the headers of either', async () => {
    const older = clientWith(
      'older',
      `const headers = { ...request.headers, 'x-adapter': 'older' }\nreturn http.open(library, { ...request, headers })`,
    )
    const arms = [
      { name: 'head', tree: root },
      { name: 'base', tree: root, client: older },
    ]
    await using measuring = await MeasuringProcess.prepare({ ...jobOf(http), arms }, never)
    const fields = [
      ['host', '127.0.0.1:port'],
      ['connection', 'keep-alive'],
    ]
    const [head, base] = await measuring.headers()
    expect(head).toEqual({ arm: 'head', headers: fields })
    expect(base).toEqual({ arm: 'base', headers: expect.arrayContaining([...fields, ['x-adapter', 'older']]) })
    const [fewer, more] = await measuring.finish()
    expect(fewer?.bytesIn).toBeLessThan(more?.bytesIn ?? 0)
  }, 20_000)

  test('profiles one arm at a time, and its counts still agree with what was asked', async () => {
    await using measuring = await MeasuringProcess.prepare(jobOf(http, ['head', 'base']), never)
    const cpu = await measuring.profile('cpu', 'head', 41)
    const heap = await measuring.profile('heap', 'base', 40)
    await measuring.finish()
    expect({ ...cpu, profile: undefined }).toEqual({ kind: 'cpu', arm: 'head', requests: 44, profile: undefined })
    expect(cpu.profile.samples?.length).toBeGreaterThan(0)
    expect(heap).toMatchObject({ kind: 'heap', arm: 'base', requests: 40 })
    // 40 requests allocate some 600 kB, and what was collected meanwhile counts.
    expect(bytesIn(heap.profile.head)).toBeGreaterThan(40 * 5_000)
  }, 20_000)

  test('does not profile an arm that it has not', async () => {
    await using measuring = await MeasuringProcess.prepare(jobOf(http), never)
    await expect(measuring.profile('cpu', 'base', 40)).rejects.toThrow(
      new InvalidWorkError('there is no arm base to profile'),
    )
  }, 20_000)

  test('leaves what a client asks for while it is opened out of its counts and of the headers that it tells', async () => {
    const client = clientWith(
      'token',
      `const token = await fetch(request.origin + '/json?token', { headers: { connection: 'close' } })
      await token.text()
      return http.open(library, { ...request, headers: { 'x-token': token.status } })`,
    )
    await using measuring = await MeasuringProcess.prepare(jobOf(client, ['current', 'reference']), never)
    const { arms } = await measuring.blocks(20)
    const headers = await measuring.headers()
    const counts = await measuring.finish()
    const requests = 1 + 4 + 4 * (arms[0]?.batchUs.length ?? 0)
    for (const { headers: fields } of headers) expect(fields).toContainEqual(['x-token', '200'])
    // Warm-up is a batch or more; `finish` has compared requests and bytes with what was asked for.
    for (const { connections, requests: counted } of counts) {
      expect(connections).toBe(4)
      expect(counted).toBeGreaterThanOrEqual(requests)
    }
  }, 20_000)

  test('checks the values of a client that gives values, the first in full', async () => {
    const sdk = clientWith(
      'sdk',
      `const sound = await http.open(library, request)
      return { ...sound, send: async () => ({ value: JSON.parse((await sound.send()).text) }) }`,
    )
    await using measuring = await MeasuringProcess.prepare(jobOf(sdk), never)
    expect((await measuring.window({ rampMs: 1, durationMs: 20 })).requests).toBeGreaterThan(0)
    await measuring.finish()

    const part = clientWith('part', `return { send: async () => ({ value: { id: 7291 } }), close: () => {} }`)
    await expect(MeasuringProcess.prepare(jobOf(part), never)).rejects.toThrow(
      /^current: the first answer is wrong: the value differs: expected \{"id":7291,.*, got \{"id":7291\}$/,
    )
    const changes = clientWith(
      'changes',
      `let sent = 0
      const value = async () => (await fetch(request.origin + request.path)).json()
      return { send: async () => ({ value: ++sent > 10 ? { message: 'gone' } : await value() }), close: () => {} }`,
    )
    await expect(
      MeasuringProcess.prepare({ ...jobOf(changes), warmUp: { by: 'window', durationMs: 500 } }, never),
    ).rejects.toThrow(
      'current: failed in window: WrongReplyError: expected the value of the first reply, got {"message":"gone"}',
    )
  }, 20_000)

  test.each([
    [
      'gives nothing',
      '',
      'has no `send` and no `close` to call; expected { send: async () => reply, close: () => {} }, got undefined',
    ],
    [
      'gives the SDK itself',
      `return { getItem: () => {}, close: () => {} }`,
      'has no `send` to call; expected { send: async () => reply, close: () => {} }, got an object with getItem, close',
    ],
  ])(
    'says what is missing where `open` %s',
    async (name, open, problem) => {
      const client = clientWith(name.replaceAll(' ', '-'), open)
      await expect(MeasuringProcess.prepare(jobOf(client), never)).rejects.toThrow(
        new UsageError(`the client ${name.replaceAll(' ', '-')}: what \`open\` gave ${problem}`),
      )
    },
    20_000,
  )

  test('says that `send` has to give a promise', async () => {
    const client = clientWith('sync', `return { send: () => ({ value: 1 }), close: () => {} }`)
    await expect(MeasuringProcess.prepare(jobOf(client), never)).rejects.toThrow(
      new UsageError('current: `send` gave no promise; expected one of its reply'),
    )
  }, 20_000)

  test('tells arm, place, error and its cause where a client throws', async () => {
    const client = clientWith('unreachable', `return { send: () => fetch('http://127.0.0.1:9'), close: () => {} }`)
    await expect(MeasuringProcess.prepare(jobOf(client), never)).rejects.toThrow(
      new InvalidWorkError('current: failed in first request: TypeError: fetch failed; its cause is Error: bad port'),
    )
  }, 20_000)

  test('says that a module exports what makes a client instead of a client', async () => {
    const file = path.join(folder, 'factory.mjs')
    writeFileSync(file, 'export const makeClient = () => ({ open() {} })\nexport const nobody = { name: "nobody" }\n')
    const module = pathToFileURL(file).href
    const expected =
      'expected the client itself, which `defineClient(import.meta.url, …)` gives: measuring processes call nothing to get it'
    await expect(MeasuringProcess.prepare(jobOf({ module, exportName: 'makeClient' }), never)).rejects.toThrow(
      new UsageError(`${module} exports a function as makeClient; ${expected}`),
    )
    await expect(MeasuringProcess.prepare(jobOf({ module, exportName: 'nobody' }), never)).rejects.toThrow(
      new UsageError(`${module} exports {"name":"nobody"} as nobody; ${expected}`),
    )
  }, 20_000)

  test('says why the module of a client cannot be imported', async () => {
    const file = path.join(folder, 'alias.mjs')
    writeFileSync(file, `import { api } from '@/api'\nexport const client = api\n`)
    const module = pathToFileURL(file).href
    await expect(MeasuringProcess.prepare(jobOf({ module, exportName: 'client' }), never)).rejects.toThrow(UsageError)
    await expect(MeasuringProcess.prepare(jobOf({ module, exportName: 'client' }), never)).rejects.toThrow(
      `${module} could not be imported by Node ${process.versions.node}: `,
    )
  }, 20_000)

  test('says that a module without that export is wrongly declared', async () => {
    const client = { ...http, exportName: 'nothing' }
    await expect(MeasuringProcess.prepare(jobOf(client), never)).rejects.toThrow(
      new UsageError(
        `${http.module} has no export named nothing; defineClient is told the name under which its module exports the client`,
      ),
    )
  })

  test.each([
    ['a client whose process ends', clientWith('ends', 'process.exit(7)'), 'the process exited with code 7 in prepare'],
    [
      'a client whose process is killed',
      clientWith('killed', `process.kill(process.pid, 'SIGKILL')\nawait new Promise(() => {})`),
      'the process was killed by SIGKILL in prepare',
    ],
  ])(
    'says why it cannot measure %s',
    async (_, client, reason) => {
      await expect(MeasuringProcess.prepare(jobOf(client), never)).rejects.toThrow(new InvalidWorkError(reason))
    },
    20_000,
  )

  test('tells of an error that was thrown while it waited for its next command', async () => {
    // Thrown after `ready`; the connection to here ends when the error has been reported.
    const { client, connected } = await callingHome(
      'late',
      `const send = process.send
      process.send = (message) => {
        if (message.type === 'ready') setTimeout(() => { throw new Error('late') })
        return send.call(process, message, () => message.type === 'invalid' && home.destroy())
      }`,
    )
    await using measuring = await MeasuringProcess.prepare(jobOf(client), never)
    const socket = await connected
    if (!socket.destroyed) await once(socket, 'close')
    await new Promise((resolve) => setImmediate(resolve))
    await expect(measuring.window({ rampMs: 1, durationMs: 20 })).rejects.toThrow(
      new InvalidWorkError('current: failed in idle: Error: late'),
    )
  }, 20_000)

  test('is gone after its disposal', async () => {
    const { client, connected } = await callingHome('disposed')
    const measuring = await MeasuringProcess.prepare(jobOf(client), never)
    const socket = await connected
    const closed = once(socket, 'close')
    await measuring[Symbol.asyncDispose]()
    await closed
    expect(socket.destroyed).toBe(true)
  }, 20_000)

  test('is gone when the signal is given', async () => {
    const giveUp = new AbortController()
    const { client, connected } = await callingHome('given-up')
    const preparing = MeasuringProcess.prepare(
      { ...jobOf(client), warmUp: { by: 'batches', durationMs: 60_000 } },
      giveUp.signal,
    )
    const socket = await connected
    const closed = once(socket, 'close')
    giveUp.abort()
    await expect(preparing).rejects.toThrow(InvalidWorkError)
    await closed
  }, 20_000)

  test('ends when its parent is gone', async () => {
    const { client, connected } = await callingHome('orphan')
    const program = `
      const { MeasuringProcess } = await import(${JSON.stringify(new URL('./measuring-process.ts', import.meta.url).href)})
      await MeasuringProcess.prepare(${JSON.stringify(jobOf(client))}, new AbortController().signal)
      console.log('prepared')
      setInterval(() => {}, 1_000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const socket = await connected
    await once(parent.stdout, 'data')
    const closed = once(socket, 'close')
    parent.kill('SIGKILL')
    await closed
    expect(socket.destroyed).toBe(true)
  }, 20_000)
})

test('a burst may take longer than its span, and so is not taken for a blocked event loop', () => {
  expect(lastBatchMs(burst512)).toBeGreaterThanOrEqual(60_000)
  expect(lastBatchMs(smallJson({ inFlight: 64 }))).toBe(0)
})

/** All that a heap profile saw allocated. */
function bytesIn({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + bytesIn(child), selfSize)
}

/**
 * A client whose process holds a connection `home` to here, which closes when the process ends, however that happens.
 *
 * @param more Done before the client is opened.
 */
async function callingHome(
  name: string,
  more = '',
): Promise<{ client: Job['client']; connected: Promise<net.Socket> }> {
  const home = net.createServer().listen(0, '127.0.0.1').unref()
  await once(home, 'listening')
  const { port } = home.address() as net.AddressInfo
  const connected = once(home, 'connection').then(([socket]: net.Socket[]) => {
    if (socket === undefined) throw new Error('no socket')
    return socket.on('error', () => {}).resume()
  })
  const call = `const home = net.connect(${port}, '127.0.0.1').unref()\nawait once(home, 'connect')\n`
  return { client: clientWith(name, `${call}${more}\nreturn http.open(library, request)`), connected }
}
