import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import axios from 'axios'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { certificate, echo, Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await stage[Symbol.asyncDispose]()
})

/** A proxy that answers plain requests itself, and opens tunnels. It says which it was asked for. */
function proxyServer(): {
  readonly server: http.Server
  readonly tunnels: string[]
  readonly authorizations: unknown[]
} {
  const tunnels: string[] = []
  const authorizations: unknown[] = []
  const server = http.createServer(echo)
  server.on('connect', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    tunnels.push(request.url ?? '')
    authorizations.push(request.headers['proxy-authorization'])
    const [, port = ''] = (request.url ?? '').split(':')
    const upstream = net.connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })
  return { server, tunnels, authorizations }
}

describe('proxies', () => {
  test('a plain request goes to the proxy with its whole address, and with the credentials for the proxy', async () => {
    const { server } = proxyServer()
    const port = await stage.listen(server)
    const proxy = { host: '127.0.0.1', port, auth: { username: 'u', password: 'p' } }
    expect(await stage.expectSame({ url: 'http://upstream.test/path?q=1', proxy })).toEqual({
      method: 'GET',
      url: 'http://upstream.test/path?q=1',
      host: 'upstream.test',
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    })
  })

  test('a request over TLS goes through a tunnel, with the credentials for the proxy', async () => {
    const { server, tunnels, authorizations } = proxyServer()
    const proxyPort = await stage.listen(server)
    const port = await stage.listen(https.createServer(certificate, echo))
    const proxy = { host: '127.0.0.1', port: proxyPort, auth: { username: 'u', password: 'p' } }
    const httpsAgent = new https.Agent({ ca: certificate.cert })
    // By name, because the tunnel of axios cannot be had to an address: Node takes none for the name of a certificate.
    const url = `https://localhost:${port}/tunnelled`
    expect(await stage.expectSame({ url, proxy, httpsAgent })).toMatchObject({ url: '/tunnelled' })
    expect(tunnels).toEqual([`localhost:${port}`, `localhost:${port}`])
    expect(authorizations[1]).toBe(authorizations[0])
  })

  test('a proxy of the environment is gone through, unless NO_PROXY names the host or the call says false', async () => {
    const { server } = proxyServer()
    const port = await stage.listen(server)
    const upstream = await stage.listen(http.createServer(echo))
    const url = `http://127.0.0.1:${upstream}/env`
    vi.stubEnv('http_proxy', `http://127.0.0.1:${port}`)
    vi.stubEnv('no_proxy', '')
    expect(await stage.expectSame({ url })).toMatchObject({ url })
    expect(await stage.expectSame({ url, proxy: false })).toMatchObject({ url: '/env' })
    vi.stubEnv('no_proxy', '127.0.0.1')
    expect(await stage.expectSame({ url })).toMatchObject({ url: '/env' })
  })
})

describe('proxies that fail', () => {
  test('one that nobody answers for is the error of the connection', async () => {
    const proxy = { host: '127.0.0.1', port: 1 }
    expect(await stage.expectSame({ url: 'http://upstream.test/', proxy })).toMatchObject({ code: 'ECONNREFUSED' })
    expect(await stage.expectSame({ url: 'https://upstream.test/', proxy })).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('one that refuses a tunnel is an error that says so, where the http adapter gives its refusal as the response', async () => {
    const server = http.createServer()
    server.on('connect', (_request, client) => client.end('HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n'))
    const proxy = { host: '127.0.0.1', port: await stage.listen(server) }
    const call = axios.get('https://upstream.test/', { proxy, adapter: stage.adapter })
    await expect(call).rejects.toThrow('Proxy response (407) !== 200 when HTTP Tunneling')
  })

  test('those of Node for the environment are refused by name', async () => {
    const proxyEnv = { HTTP_PROXY: 'http://127.0.0.1:1' }
    const httpAgent = new http.Agent(Object.assign({ keepAlive: true }, { proxyEnv }))
    const plain = axios.get('http://127.0.0.1:1/', { httpAgent, adapter: stage.adapter })
    await expect(plain).rejects.toThrow('undiciAdapter does not support httpAgent with proxyEnv')
    const streamed = axios.get('http://127.0.0.1:1/', { httpAgent, adapter: stage.adapter, responseType: 'stream' })
    await expect(streamed).rejects.toThrow('undiciAdapter does not support NODE_USE_ENV_PROXY')
  })
})
