import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import axios, { type AxiosRequestConfig } from 'axios'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { certificate, echo, Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

type Lookup = NonNullable<AxiosRequestConfig['lookup']>

describe('addresses', () => {
  test('a socket path is connected to, as far as it is allowed', async () => {
    const socketPath = path.join(tmpdir(), `wiregauge-axios-undici-${process.pid}.sock`)
    await stage.listen(http.createServer(echo), socketPath)
    expect(await stage.expectSame({ url: '/over-socket', socketPath })).toMatchObject({ url: '/over-socket' })
    const refused = await stage.expectSame({
      url: '/',
      socketPath,
      allowedSocketPaths: '/elsewhere',
    } as AxiosRequestConfig)
    expect(refused).toMatchObject({ code: 'ERR_BAD_OPTION_VALUE' })
  })

  test('a lookup of its own finds the host, with a callback and with a promise', async () => {
    const port = await stage.listen(http.createServer(echo))
    const lookup: Lookup = (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
    const url = `http://nowhere.test:${port}/looked-up`
    expect(await stage.expectSame({ url, lookup })).toMatchObject({ url: '/looked-up', host: `nowhere.test:${port}` })
    const promised: Lookup = async () => [{ address: '127.0.0.1', family: 4 }]
    expect(await stage.expectSame({ url, lookup: promised })).toMatchObject({ url: '/looked-up' })
  })

  test('a lookup that fails is the error of the call', async () => {
    const lookup: Lookup = (_host, _options, found) => {
      found(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
    }
    const failed = { code: 'ENOTFOUND', message: 'not found' }
    expect(await stage.expectSame({ url: 'http://nowhere.test/', lookup })).toEqual(failed)
  })

  test('a lookup of its own is told the family, of a connection that is kept, and may take its time', async () => {
    const sockets = new Set<unknown>()
    const server = http.createServer((request, response) => {
      sockets.add(request.socket)
      echo(request, response)
    })
    const port = await stage.listen(server)
    const families: unknown[] = []
    const adapter = undiciAdapter({ connections: 1 })
    const lookup: Lookup = (_host, options, found) => {
      families.push((options as { family?: unknown }).family)
      setTimeout(() => found(null, [{ address: '127.0.0.1', family: 4 }]), 50)
    }
    const config = { url: `http://nowhere.test:${port}/`, lookup, family: 4, adapter } as const
    await axios.request(config)
    await axios.request(config)
    await adapter.close()
    expect(families).toEqual([4])
    expect(sockets.size).toBe(1)
  })

  test('a lookup is used beside an agent, and an agent beside a socket path', async () => {
    const port = await stage.listen(https.createServer(certificate, echo))
    const httpsAgent = new https.Agent({ ca: certificate.cert })
    const lookup: Lookup = (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
    const lost: Lookup = (_host, _options, found) => {
      found(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
    }
    const url = `https://localhost:${port}/`
    expect(await stage.expectSame({ url, lookup, httpsAgent })).toMatchObject({ url: '/' })
    expect(await stage.expectSame({ url, lookup: lost, httpsAgent })).toMatchObject({ code: 'ENOTFOUND' })
    const socketPath = path.join(tmpdir(), `wiregauge-axios-undici-agent-${process.pid}.sock`)
    await stage.listen(http.createServer(echo), socketPath)
    const httpAgent = new http.Agent({ keepAlive: true })
    expect(await stage.expectSame({ url: 'http://localhost/', socketPath, httpAgent })).toMatchObject({ url: '/' })
  })

  test('a family of addresses is kept to', async () => {
    const port = await stage.listen(http.createServer(echo))
    expect(await stage.expectSame({ url: `http://localhost:${port}/four`, family: 4 })).toMatchObject({ url: '/four' })
    const [expected, found] = await stage.throughBoth({ url: `http://localhost:${port}/six`, family: 6 })
    expect(found).toMatchObject({ code: (expected as { code: string }).code })
  })
})

describe('a connection that is never ready', () => {
  /** Takes connections and says nothing, so that no TLS begins. */
  const silent = async (): Promise<string> => `https://127.0.0.1:${await stage.listen(net.createServer())}/`

  test('ends at the limit of time, and does not keep the adapter from closing', async () => {
    const url = await silent()
    const late = { code: 'ECONNABORTED', message: 'timeout of 100ms exceeded' }
    expect(await stage.expectSame({ url, timeout: 100 })).toEqual(late)
    expect(await stage.expectSame({ url, timeout: 100, responseType: 'stream' })).toEqual(late)
    expect(await stage.expectSame({ url, timeout: 100, maxRedirects: 0, responseType: 'stream' })).toEqual(late)
    await stage.adapter.close()
  })

  test('ends when its call is given up', async () => {
    const server = net.createServer()
    const url = `https://127.0.0.1:${await stage.listen(server)}/`
    for (const responseType of ['json', 'stream'] as const) {
      const controller = new AbortController()
      server.once('connection', () => controller.abort())
      const call = axios.get(url, { adapter: stage.adapter, responseType, signal: controller.signal })
      await expect(call).rejects.toMatchObject({ code: 'ERR_CANCELED' })
    }
    await stage.adapter.close()
  })
})
