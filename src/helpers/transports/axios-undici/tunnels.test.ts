import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import net from 'node:net'
import axios, { type AxiosRequestConfig } from 'axios'
import { HttpsProxyAgent as HttpsProxyAgent7 } from 'https-proxy-agent-7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificate, echo, Stage } from './test-stage.ts'

type ProxyOptions = Record<string, unknown>

/** The one that axios depends on, which is not told by its types. */
const fromAxios = createRequire(createRequire(import.meta.url).resolve('axios'))
const HttpsProxyAgent5 = fromAxios('https-proxy-agent') as new (options: string | ProxyOptions) => http.Agent

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  delete https.globalAgent.options.ca
  await stage[Symbol.asyncDispose]()
})

/** A proxy that opens tunnels, over TLS or not, and what it was sent with each. */
async function tunnelling(server: http.Server = http.createServer()) {
  const asked: http.IncomingMessage[] = []
  server.on('connect', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    asked.push(request)
    const { port } = new URL(`http://${request.url}`)
    const upstream = net.connect(Number(port || 80), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.on('close', () => upstream.destroy())
  })
  return { port: await stage.listen(server), asked }
}

/** A server over TLS by name: Node takes no address for the name of a certificate. */
const secure = async (): Promise<string> =>
  `https://localhost:${await stage.listen(https.createServer(certificate, echo))}/`

/** Longer than undici's coarsest timer takes to notice the shortest limit. @returns An address that leads there. */
async function slowly(address: string): Promise<string> {
  const server = net.createServer((client) => {
    client.on('error', () => {})
    setTimeout(() => {
      const upstream = net.connect(Number(new URL(address).port), '127.0.0.1')
      upstream.on('error', () => client.destroy())
      client.on('close', () => upstream.destroy())
      upstream.pipe(client).pipe(upstream)
    }, 1_200)
  })
  return `https://localhost:${await stage.listen(server)}/`
}

const message = async (config: AxiosRequestConfig): Promise<string> =>
  await axios.request({ adapter: stage.adapter, ...config }).then(
    () => 'none',
    ({ message }: Error) => message,
  )

describe.each([
  [
    '5',
    (options: { port: number; headers?: Record<string, string> }) => {
      return new HttpsProxyAgent5({ host: '127.0.0.1', auth: 'us er:p:w', ...options })
    },
  ],
  [
    '7',
    ({ port, headers }: { port: number; headers?: Record<string, string> }) => {
      return new HttpsProxyAgent7(`http://us%20er:p%3Aw@127.0.0.1:${port}`, { ...(headers && { headers }) })
    },
  ],
] as const)('the caller’s own tunnel, of https-proxy-agent %s', (_version, agentFor) => {
  test('is gone through over TLS and without, with its credentials and headers', async () => {
    const proxy = await tunnelling()
    const headers = { 'x-own': 'sent' }
    const agent = agentFor({ port: proxy.port, headers })
    https.globalAgent.options.ca = certificate.cert
    const plain = `http://localhost:${await stage.listen(http.createServer(echo))}/`
    const url = await secure()
    expect(await stage.expectSame({ url: plain, httpAgent: agent })).toMatchObject({ url: '/' })
    expect(await stage.expectSame({ url: plain, httpAgent: agent, beforeRedirect: () => {} })).toMatchObject({
      url: '/',
    })
    // Neither has the TLS options of Node's global agent.
    expect(await stage.expectSame({ url, httpsAgent: agent })).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(proxy.asked).toHaveLength(6)
    const authorization = `Basic ${Buffer.from('us er:p:w').toString('base64')}`
    for (const { headers } of proxy.asked) {
      expect(headers).toMatchObject({ 'proxy-authorization': authorization, 'x-own': 'sent' })
    }
  })

  test('sends `Connection: close`, and leaves no connection, as it keeps none', async () => {
    const proxy = await tunnelling()
    const seen: unknown[] = []
    const server = http.createServer((request, response) => {
      seen.push(request.headers.connection)
      echo(request, response)
    })
    const config = { url: `http://localhost:${await stage.listen(server)}/`, httpAgent: agentFor({ port: proxy.port }) }
    await stage.expectSame(config)
    await stage.expectSame(config)
    expect(seen).toEqual(Array(4).fill('close'))
  })

  test('is refused where a class of its own changed how it connects', async () => {
    const agent = agentFor({ port: 1 })
    const connect = 'connectOpts' in agent ? 'connect' : 'callback'
    Object.assign(agent, { [connect]: () => new net.Socket() })
    expect(await message({ url: 'https://localhost:1/', httpsAgent: agent })).toContain('does not support httpsAgent: ')
  })
})

test('a tunnel is known whatever its class is called', async () => {
  const proxy = await tunnelling()
  const agent = new HttpsProxyAgent7(`http://127.0.0.1:${proxy.port}`)
  Object.defineProperty(agent, 'constructor', { value: class A {} })
  const url = `http://localhost:${await stage.listen(http.createServer(echo))}/`
  expect(await stage.expectSame({ url, httpAgent: agent })).toMatchObject({ url: '/' })
})

test('what is only called so is refused', async () => {
  class HttpsProxyAgent extends http.Agent {
    readonly proxy = { host: '127.0.0.1', port: 1 }
    override createConnection = (): net.Socket => new net.Socket()
  }
  const httpAgent = new HttpsProxyAgent()
  expect(await message({ url: 'http://localhost:1/', httpAgent })).toContain('does not support httpAgent: ')
})

test('headers that are made anew for each tunnel are refused by name', async () => {
  const httpsAgent = new HttpsProxyAgent7('http://127.0.0.1:1', { headers: () => ({ 'x-own': '1' }) })
  const expected = 'does not support httpsAgent with headers as a function: '
  expect(await message({ url: 'https://localhost:1/', httpsAgent })).toContain(expected)
})

describe('the tunnel of axios', () => {
  test('is gone through to a proxy over TLS, with the options of the caller’s agent for both ends', async () => {
    const { port, asked } = await tunnelling(https.createServer(certificate))
    const proxy = { protocol: 'https', host: 'localhost', port }
    const httpsAgent = new https.Agent({ ca: certificate.cert, keepAlive: true })
    expect(await stage.expectSame({ url: await secure(), proxy, httpsAgent })).toMatchObject({ url: '/' })
    expect(asked).toHaveLength(2)
  })

  test('may take as long as it needs to either end, as a connection without one', async () => {
    const { port } = await tunnelling(https.createServer(certificate))
    const httpsAgent = new https.Agent({ ca: certificate.cert })
    const url = await slowly(await secure())
    const proxy = {
      protocol: 'https',
      host: 'localhost',
      port: Number(new URL(await slowly(`https://localhost:${port}`)).port),
    }
    const config = { url, httpsAgent, adapter: stage.adapter }
    await Promise.all([axios.request(config), axios.request({ ...config, proxy })])
  })

  test('takes the TLS options of Node’s global agent where there is no other, as they are then', async () => {
    const { port } = await tunnelling()
    const config = { url: await secure(), proxy: { host: '127.0.0.1', port } }
    https.globalAgent.options.ca = certificate.cert
    expect(await stage.expectSame(config)).toMatchObject({ url: '/' })
    delete https.globalAgent.options.ca
    expect(await stage.expectSame(config)).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })
})
