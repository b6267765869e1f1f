import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import axios, { type AxiosRequestConfig } from 'axios'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { certificate, echo, Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await stage[Symbol.asyncDispose]()
})

/** The plain way, and the streamed one. */
const ways = [
  ['plain', {}],
  ['streamed', { maxRate: 1e9 }],
] as const satisfies readonly (readonly [string, AxiosRequestConfig])[]

/** A server that echoes, and how many connections it has had and has. */
async function counting() {
  const open = new Set<net.Socket>()
  const seen = { all: 0, open, url: '', connection: [] as unknown[] }
  const server = http.createServer((request, response) => {
    seen.connection.push(request.headers.connection)
    echo(request, response)
  })
  server.on('connection', (socket) => {
    seen.all++
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  seen.url = `http://127.0.0.1:${await stage.listen(server)}/`
  return seen
}

const failure = async (config: AxiosRequestConfig): Promise<string> =>
  await axios.request({ adapter: stage.adapter, ...config }).then(
    () => 'none',
    ({ message }: Error) => message,
  )

describe.each(ways)('agents, %s', (_name, way) => {
  test('one that keeps no connections sends `Connection: close`, and leaves none', async () => {
    const seen = await counting()
    const httpAgent = new http.Agent()
    for (const agent of [httpAgent, false]) {
      await stage.expectSame({ url: seen.url, httpAgent: agent, ...way })
      await stage.expectSame({ url: seen.url, httpAgent: agent, ...way })
    }
    expect(seen.connection).toEqual(Array(8).fill('close'))
    expect(seen.all).toBe(8)
    await vi.waitFor(() => expect(seen.open.size).toBe(0))
  })

  test('one that keeps none but has a limit may keep them for those that wait, and leaves none', async () => {
    const seen = await counting()
    const httpAgent = new http.Agent({ maxSockets: 1 })
    const call = () => axios.get(seen.url, { adapter: stage.adapter, httpAgent, ...way })
    await Promise.all([call(), call(), call()])
    expect(seen.connection).toEqual(Array(3).fill('keep-alive'))
    await vi.waitFor(() => expect(seen.open.size).toBe(0), { timeout: 3_000 })
  })

  test('one that keeps connections is asked for no more than the adapter allows', async () => {
    const seen = await counting()
    const adapter = undiciAdapter({ connections: 1 })
    const httpAgent = new http.Agent({ keepAlive: true })
    const call = () => axios.get(seen.url, { adapter, httpAgent, ...way })
    await Promise.all([call(), call(), call()])
    expect(seen.all).toBe(1)
    await adapter.close()
  })

  test('one that allows fewer connections than the adapter is kept to', async () => {
    const seen = await counting()
    const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const call = () => axios.get(seen.url, { adapter: stage.adapter, httpAgent, ...way })
    await Promise.all([call(), call(), call()])
    expect(seen.all).toBe(1)
  })

  test('one whose options change is seen as it is then', async () => {
    const port = await stage.listen(https.createServer(certificate, echo))
    const config = { url: `https://127.0.0.1:${port}/`, httpsAgent: new https.Agent(), ...way }
    expect(await stage.expectSame(config)).toMatchObject({ code: expect.stringContaining('CERT') })
    config.httpsAgent.options.ca = certificate.cert
    expect(await stage.expectSame(config)).toMatchObject({ url: '/' })
  })

  test('one of the other protocol is the error of Node', async () => {
    const swapped = { httpAgent: new https.Agent(), httpsAgent: new http.Agent() }
    expect(await stage.expectSame({ url: 'http://127.0.0.1:1/', ...swapped, ...way })).toMatchObject({
      code: 'ERR_INVALID_PROTOCOL',
      message: 'Protocol "http:" not supported. Expected "https:"',
    })
    expect(await stage.expectSame({ url: 'https://127.0.0.1:1/', ...swapped, ...way })).toMatchObject({
      message: 'Protocol "https:" not supported. Expected "http:"',
    })
  })

  test.each<[option: string, agent: () => http.Agent]>([
    ['httpAgent with maxTotalSockets', () => new http.Agent({ maxTotalSockets: 2 })],
    ['httpAgent with host', () => new http.Agent(Object.assign({ keepAlive: true }, { host: '127.0.0.1' }))],
    ['httpAgent with port', () => new http.Agent(Object.assign({ keepAlive: true }, { port: 1 }))],
    ['httpAgent with defaultPort', () => new http.Agent(Object.assign({ keepAlive: true }, { defaultPort: 8080 }))],
    ['httpAgent with noDelay', () => new http.Agent(Object.assign({ keepAlive: true }, { noDelay: false }))],
    [
      'httpAgent with ALPNProtocols',
      () => new http.Agent(Object.assign({ keepAlive: true }, { ALPNProtocols: ['h2'] })),
    ],
    ['httpAgent', () => Object.assign(new http.Agent(), { createConnection: () => new net.Socket() })],
  ])('%s is refused by name', async (option, agent) => {
    const config = { url: 'http://127.0.0.1:1/', httpAgent: agent(), ...way }
    expect(await failure(config)).toContain(`undiciAdapter does not support ${option}: `)
  })

  test('any is refused by name beside a given dispatcher', async () => {
    const dispatcher = new Agent()
    const adapter = undiciAdapter({ dispatcher })
    const given = { httpAgent: new http.Agent(), httpsAgent: new https.Agent(), adapter, ...way }
    expect(await failure({ url: 'http://127.0.0.1:1/', ...given })).toContain('does not support httpAgent: ')
    expect(await failure({ url: 'https://127.0.0.1:1/', ...given })).toContain('does not support httpsAgent: ')
    await adapter.close()
    await dispatcher.close()
  })
})

describe.each(ways)('the global agents of Node, %s', (_name, way) => {
  test('an authority that was added is trusted', async () => {
    const port = await stage.listen(https.createServer(certificate, echo))
    const config = { url: `https://127.0.0.1:${port}/`, ...way }
    const { options } = https.globalAgent
    options.ca = certificate.cert
    try {
      expect(await stage.expectSame(config)).toMatchObject({ url: '/' })
    } finally {
      delete options.ca
    }
    expect(await stage.expectSame(config)).toMatchObject({ code: expect.stringContaining('CERT') })
  })

  test('one with a limit of connections is kept to', async () => {
    const seen = await counting()
    vi.spyOn(http, 'globalAgent', 'get').mockReturnValue(new http.Agent({ keepAlive: true, maxSockets: 1 }))
    const call = () => axios.get(seen.url, { adapter: stage.adapter, ...way })
    await Promise.all([call(), call(), call()])
    expect(seen.all).toBe(1)
  })

  test('one that connects in its own way is refused, though not beside a given dispatcher', async () => {
    const seen = await counting()
    const own = Object.assign(new http.Agent(), { createConnection: () => new net.Socket() })
    vi.spyOn(http, 'globalAgent', 'get').mockReturnValue(own)
    expect(await failure({ url: seen.url, ...way })).toContain('undiciAdapter does not support http.globalAgent: ')
    const dispatcher = new Agent()
    const adapter = undiciAdapter({ dispatcher })
    expect(await failure({ url: seen.url, adapter, ...way })).toBe('none')
    await adapter.close()
    await dispatcher.close()
  })

  test('a proxy of the environment is left out where the call says so', async () => {
    const seen = await counting()
    const proxyEnv = { http_proxy: 'http://127.0.0.1:1' }
    const agent = new http.Agent(Object.assign({ keepAlive: true }, { proxyEnv }))
    vi.spyOn(http, 'globalAgent', 'get').mockReturnValue(agent)
    expect(await stage.expectSame({ url: seen.url, proxy: false, ...way })).toMatchObject({ url: '/' })
    expect(await failure({ url: seen.url, ...way })).toMatch(/does not support .*(proxyEnv|NODE_USE_ENV_PROXY)/)
    const httpAgent = new http.Agent(Object.assign({ keepAlive: true }, { proxyEnv }))
    expect(await stage.expectSame({ url: seen.url, httpAgent, proxy: false, ...way })).toMatchObject({ url: '/' })
    expect(await failure({ url: seen.url, httpAgent, ...way })).toMatch(
      /does not support .*(proxyEnv|NODE_USE_ENV_PROXY)/,
    )
  })
})
