import http, { type ServerResponse } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import axios, { AxiosError } from 'axios'
import { Agent, MockAgent } from 'undici'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'

let server: RecordingServer

beforeEach(async () => {
  server = await new RecordingServer().listen()
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

test('one adapter serves any number of instances over one pool', async () => {
  const adapter = undiciAdapter({ connections: 1 })
  const clients = [axios.create({ adapter }), axios.create({ adapter, baseURL: server.origin })]
  await clients[0]?.get(`${server.origin}/one`)
  await clients[1]?.get('/two')
  expect(server.requests.map(({ path }) => path)).toEqual(['/one', '/two'])
  expect(server.connections).toBe(1)
  await adapter.close()
})

test('no more connections are opened than are allowed, however many calls are made', async () => {
  const adapter = undiciAdapter({ connections: 3 })
  const client = axios.create({ adapter, baseURL: server.origin })
  await Promise.all(Array.from({ length: 20 }, () => client.get('/')))
  expect(server.connections).toBe(3)
  await adapter.close()
})

test('after it was closed a call fails with an error that says so', async () => {
  const adapter = undiciAdapter()
  const client = axios.create({ adapter, baseURL: server.origin })
  await client.get('/')
  await adapter.close()
  const error = await client.get('/').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(AxiosError)
  expect(error).toMatchObject({ code: 'ERR_ADAPTER_CLOSED', message: 'this undiciAdapter was closed' })
})

test('closing waits for the calls in flight with all their redirects, and may be asked for twice', async () => {
  const adapter = undiciAdapter()
  const client = axios.create({ adapter, baseURL: server.origin })
  server.reset((response, { index }) => {
    if (index > 0) response.end('arrived')
    else void setImmediate().then(() => response.writeHead(302, { location: '/next' }).end())
  })
  const call = client.get('/')
  await setImmediate()
  const [first, second] = [adapter.close(), adapter.close()]
  expect(first).toBe(second)
  expect((await call).data).toBe('arrived')
  await first
  await vi.waitFor(() => expect(server.openSockets).toBe(0))
})

test('closing waits for a body that is a stream, until it has come or is destroyed', async () => {
  const bodies: ServerResponse[] = []
  const adapter = undiciAdapter()
  const client = axios.create({ adapter, baseURL: server.origin, responseType: 'stream' })
  server.reset((response, { index }) => {
    bodies.push(response)
    response.writeHead(200).write(index === 0 ? 'first ' : 'second ')
  })
  const [read, destroyed] = [await client.get<Readable>('/'), await client.get<Readable>('/')]
  let isClosed = false
  const closed = adapter.close().then(() => {
    isClosed = true
  })
  destroyed.data.destroy()
  await setImmediate()
  expect(isClosed).toBe(false)
  bodies[0]?.end('and last')
  expect((await read.data.toArray()).join('')).toBe('first and last')
  await closed
})

test("a given dispatcher is used and never closed, because it is the caller's", async () => {
  const dispatcher = new MockAgent()
  dispatcher.disableNetConnect()
  dispatcher.get('http://mocked.test').intercept({ path: '/' }).reply(200, 'mocked').times(2)
  const adapter = undiciAdapter({ dispatcher })
  expect((await axios.get('http://mocked.test/', { adapter })).data).toBe('mocked')
  await adapter.close()
  expect((await dispatcher.request({ origin: 'http://mocked.test', path: '/', method: 'GET' })).statusCode).toBe(200)
  await dispatcher.close()
})

test('a given dispatcher is used for streams, too', async () => {
  const dispatcher = new MockAgent()
  dispatcher.disableNetConnect()
  dispatcher.get('http://mocked.test').intercept({ path: '/', method: 'POST' }).reply(200, 'mocked')
  const adapter = undiciAdapter({ dispatcher })
  const data = Readable.from([Buffer.from('sent')])
  const response = await axios.post<Readable>('http://mocked.test/', data, { adapter, responseType: 'stream' })
  expect((await response.data.toArray()).join('')).toBe('mocked')
  await dispatcher.close()
})

test('an idle connection is closed after a while', async () => {
  const quiet = http.createServer({ keepAliveTimeout: 0 }, (_request, response) => response.end('ok'))
  const closed = new Promise((resolve) => {
    quiet.once('connection', (socket) => socket.once('close', resolve))
  })
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve))
  const adapter = undiciAdapter({ keepAliveTimeoutMs: 1 })
  const { port } = quiet.address() as AddressInfo
  expect((await axios.get(`http://127.0.0.1:${port}/`, { adapter })).data).toBe('ok')
  await closed
  quiet.close()
  await adapter.close()
})

test.each([
  ['transport: it would take the place of undici', { transport: http }],
  ["insecureHTTPParser: undici's parser has no lenient mode", { insecureHTTPParser: true }],
  ['the header Expect: undici decides about it by itself', { headers: { Expect: '100-continue' } }],
  [
    'the header Transfer-Encoding: undici decides about it by itself',
    { headers: { 'Transfer-Encoding': 'chunked' }, responseType: 'stream' as const },
  ],
])('%s: so it fails, with the way out, before anything is sent', async (named, config) => {
  const adapter = undiciAdapter()
  const error = await axios.get(server.origin, { adapter, ...config }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(AxiosError)
  const wayOut = "undiciAdapter({ onUnsupported: 'fallback' }) sends such requests over axios's http adapter"
  expect(error).toMatchObject({
    name: 'AxiosError',
    code: 'ERR_NOT_SUPPORT',
    message: `undiciAdapter does not support ${named}. ${wayOut}`,
    config: { url: server.origin },
    cause: { name: 'UnsupportedOption', message: named },
  })
  expect(server.requests).toEqual([])
  await adapter.close()
})

test("what undici cannot do goes over axios's http adapter where that is asked for", async () => {
  const adapter = undiciAdapter({ onUnsupported: 'fallback' })
  const { data } = await axios.get(server.origin, { adapter, insecureHTTPParser: true })
  expect(data).toBe('ok')
  const expecting = await axios.post(server.origin, 'body', { adapter, headers: { 'Keep-Alive': 'timeout=5' } })
  expect(expecting.data).toBe('ok')
  expect(server.requests.map(({ body }) => body.toString())).toEqual(['', 'body'])
  await adapter.close()
})

test('an agent with connections of its own making cannot be translated, and is named', async () => {
  class OwnAgent extends http.Agent {
    override createConnection(...options: Parameters<http.Agent['createConnection']>) {
      return super.createConnection(...options)
    }
  }
  const adapter = undiciAdapter()
  const call = axios.get(server.origin, { adapter, httpAgent: new OwnAgent() })
  await expect(call).rejects.toThrow('undiciAdapter does not support httpAgent: it connects in a way of its own')
  await adapter.close()
})

test("the options of an agent are those of its connections, and its cap is the pool's", async () => {
  const adapter = undiciAdapter()
  const lookup = vi.fn<LookupFunction>((_host, { all }, found) => {
    if (all) found(null, [{ address: '127.0.0.1', family: 4 }])
    else found(null, '127.0.0.1', 4)
  })
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 2, lookup })
  const client = axios.create({ adapter, baseURL: server.origin.replace('127.0.0.1', 'nowhere.test'), httpAgent })
  await Promise.all(Array.from({ length: 10 }, () => client.get('/')))
  expect(server.connections).toBe(2)
  expect(lookup).toHaveBeenCalledTimes(2)
  await adapter.close()
})

test('the local address of an agent is bound to', async () => {
  const adapter = undiciAdapter()
  // For documentation (RFC 5737), so that no machine has it.
  const httpAgent = new http.Agent({ localAddress: '192.0.2.1' })
  const call = axios.get(server.origin, { adapter, httpAgent })
  await expect(call).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
  await adapter.close()
})

test('beside a given dispatcher an agent is refused, because it decides about connections', async () => {
  const dispatcher = new Agent()
  const adapter = undiciAdapter({ dispatcher })
  const call = axios.get(server.origin, { adapter, httpAgent: new http.Agent() })
  await expect(call).rejects.toThrow('the dispatcher that the adapter was given decides about connections')
  await dispatcher.close()
})

test("while Node's client is mocked an interceptable adapter goes through it", async () => {
  const adapter = undiciAdapter({ interceptable: true })
  const patched = vi.spyOn(http, 'request')
  try {
    expect((await axios.get(server.origin, { adapter })).data).toBe('ok')
  } finally {
    patched.mockRestore()
  }
  await adapter.close()
})

test('an error has the stack of the caller and no cycle that keeps it from being printed as JSON', async () => {
  const adapter = undiciAdapter()
  server.reset((response) => response.writeHead(500).end())
  const failed: unknown = await axios.get(server.origin, { adapter }).catch((reason: unknown) => reason)
  expect(failed).toBeInstanceOf(AxiosError)
  expect((failed as Error).stack).toContain('adapter.test.ts')
  expect(JSON.parse(JSON.stringify(failed))).toMatchObject({ code: 'ERR_BAD_RESPONSE', status: 500 })
  await adapter.close()
})
