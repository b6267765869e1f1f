import http2 from 'node:http2'
import https from 'node:https'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import axios, { type AxiosRequestConfig } from 'axios'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Http2Pools } from './http2-pools.ts'
import { OwnPools } from './own-pools.ts'
import { certificate, Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

/** Says what it was asked; some paths have an answer of their own. */
function respond(request: http2.Http2ServerRequest, response: http2.Http2ServerResponse): void {
  const { stream, headers, method, url, httpVersion } = request
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('error', () => {})
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    if (url === '/reset') stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR)
    else if (url === '/lost') stream.session?.destroy()
    else if (url === '/never') return
    else if (url === '/404') response.writeHead(404).end('null')
    else if (url === '/302') response.writeHead(302, { location: '/elsewhere' }).end('null')
    else {
      const own = Object.fromEntries(
        Object.entries(headers).filter(([name]) => /^(x-|content-|accept|auth)/.test(name)),
      )
      const body = Buffer.concat(chunks).toString()
      response.end(JSON.stringify({ version: httpVersion, method, url, body, headers: own }))
    }
  })
}

const clear = async (): Promise<string> => `http://127.0.0.1:${await stage.listen(http2.createServer(respond))}`
const overHttp2 = (config: AxiosRequestConfig): AxiosRequestConfig => ({ httpVersion: 2, ...config })

test('it is spoken over TLS where it is asked for, with the options of the session', async () => {
  const port = await stage.listen(http2.createSecureServer(certificate, respond))
  const url = `https://127.0.0.1:${port}/two`
  const config = overHttp2({ url, method: 'post', data: 'body', http2Options: { ca: certificate.cert } })
  expect(await stage.expectSame(config)).toMatchObject({ version: '2.0', method: 'POST', url: '/two', body: 'body' })
})

test('it is not spoken where nobody asked for it, though the server prefers it', async () => {
  const port = await stage.listen(http2.createSecureServer({ ...certificate, allowHTTP1: true }, respond))
  const config = { url: `https://127.0.0.1:${port}/one`, httpsAgent: new https.Agent({ ca: certificate.cert }) }
  expect(await stage.expectSame(config)).toMatchObject({ version: '1.1' })
})

describe('without TLS it is spoken, too, and the same comes of', () => {
  test.each<[name: string, config: () => AxiosRequestConfig]>([
    ['a request without a body', () => ({ url: '/', headers: { 'X-Own': '1' } })],
    ['a body', () => ({ url: '/', method: 'put', data: { a: 'ü' } })],
    ['a stream', () => ({ url: '/', method: 'post', data: Readable.from(['a', 'b']) })],
    ['a status that is an error', () => ({ url: '/404' })],
    ['a redirect, which is not followed', () => ({ url: '/302', validateStatus: () => true })],
    ['a stream that the server resets', () => ({ url: '/reset' })],
    ['a limit of time', () => ({ url: '/never', timeout: 100 })],
    ['a signal that was given before', () => ({ url: '/', signal: AbortSignal.abort() })],
    ['a proxy, which axios refuses', () => ({ url: '/', proxy: { host: '127.0.0.1', port: 1 } })],
    ['a version that does not exist', () => Object.assign({ url: '/' }, { httpVersion: 3 })],
  ])('%s', async (_name, config) => {
    const baseURL = await clear()
    await stage.expectSame(() => overHttp2({ baseURL, ...config() }))
  })
})

describe('it differs from the http adapter, which', () => {
  test('leaves out the credentials of `auth`', async () => {
    const config = overHttp2({ baseURL: await clear(), url: '/', auth: { username: 'u', password: 'p' } })
    const [expected, found] = await stage.throughBoth(config)
    expect(expected).not.toHaveProperty('headers.authorization')
    expect(found).toMatchObject({ headers: { authorization: `Basic ${Buffer.from('u:p').toString('base64')}` } })
  })

  test('has no text at all in the place of words for a status, which there are none of', async () => {
    const config = overHttp2({ baseURL: await clear(), url: '/' })
    expect((await axios.request({ ...config, adapter: 'http' })).statusText).toBeUndefined()
    expect((await axios.request({ ...config, adapter: stage.adapter })).statusText).toBe('')
  })

  test('waits for ever when the session is lost', async () => {
    const config = overHttp2({ baseURL: await clear(), url: '/lost', adapter: stage.adapter })
    await expect(axios.request(config)).rejects.toMatchObject({ code: 'ECONNRESET', message: 'socket hang up' })
  })

  test('tells of a connection that nobody answers for as of a stream that was cancelled', async () => {
    const [expected, found] = await stage.throughBoth(overHttp2({ url: 'http://127.0.0.1:1/' }))
    expect(expected).toMatchObject({ code: 'ERR_HTTP2_STREAM_CANCEL' })
    expect(found).toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('sessions', () => {
  /** A server, with the sessions that it had and has. */
  async function counting() {
    const sessions = new Set<http2.ServerHttp2Session>()
    const requests: http2.Http2ServerResponse[] = []
    const seen = { all: 0, sessions, requests, baseURL: '' }
    const server = http2.createServer((_request, response) => requests.push(response))
    server.on('session', (session) => {
      seen.all++
      sessions.add(session)
      session.once('close', () => sessions.delete(session))
    })
    seen.baseURL = `http://127.0.0.1:${await stage.listen(server)}`
    return seen
  }

  test('one serves all requests with the same options, at once', async () => {
    const seen = await counting()
    const call = () =>
      axios.request(overHttp2({ baseURL: seen.baseURL, http2Options: { family: 4 }, adapter: stage.adapter }))
    const first = call()
    await vi.waitFor(() => expect(seen.requests).toHaveLength(1))
    const others = Array.from({ length: 20 }, call)
    await vi.waitFor(() => expect(seen.requests).toHaveLength(21))
    for (const response of seen.requests) response.end('ok')
    await Promise.all([first, ...others])
    expect(seen.all).toBe(1)
  })

  test('a lookup of its own finds the host', async () => {
    const url = (await clear()).replace('127.0.0.1', 'nowhere.test')
    const lookup: AxiosRequestConfig['lookup'] = (_host, _options, found) => {
      found(null, [{ address: '127.0.0.1', family: 4 }])
    }
    expect(await stage.expectSame(overHttp2({ url: `${url}/found`, lookup }))).toMatchObject({ url: '/found' })
  })

  test('an option that undici has not is refused by name', async () => {
    const config = overHttp2({
      url: 'http://127.0.0.1:1/',
      http2Options: { maxSessionMemory: 1 },
      adapter: stage.adapter,
    })
    await expect(axios.request(config)).rejects.toThrow('does not support http2Options.maxSessionMemory: ')
  })

  test('those of options that are made anew for each request end, and are forgotten', async () => {
    const baseURL = await clear()
    const own = new OwnPools({ connections: 10, keepAliveTimeout: 1_000 })
    const pools = new Http2Pools(own)
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const options = () => ({ checkServerIdentity: () => undefined, sessionTimeout: 1 })
    for (let made = 0; made < 50; made++) {
      const { body } = await pools
        .for('http:', options(), undefined)
        .request({ origin: baseURL, path: '/', method: 'GET' })
      await body.dump()
    }
    // As many as are kept to be found again, and those that undici has not let go of yet.
    const fewest = async (): Promise<void> => {
      collect()
      await turn()
      expect(own.count).toBeLessThanOrEqual(16)
    }
    await vi.waitFor(fewest, { timeout: 4_000 })
    await own.destroy()
  })
})
