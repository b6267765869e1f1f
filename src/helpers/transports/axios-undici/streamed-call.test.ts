import http from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import axios, { type AxiosError, type AxiosRequestConfig } from 'axios'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'
import { Stage } from './test-stage.ts'

let server: RecordingServer

beforeEach(async () => {
  server = await new RecordingServer().listen()
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

const failureOf = (call: Promise<unknown>): Promise<AxiosError> =>
  call.then(
    () => Promise.reject(new Error('did not fail')),
    (error: AxiosError) => error,
  )

describe('the config that comes back is the caller’s, so that a call can be made again with it', () => {
  test('of a response that was refused', async () => {
    server.reset((response, { index }) => response.writeHead(index === 0 ? 500 : 200).end('ok'))
    const adapter = undiciAdapter()
    const failed = await failureOf(axios.get(server.origin, { adapter, responseType: 'stream' }))
    expect(failed.response?.config).toBe(failed.config)
    expect((await axios.request(failed.response?.config ?? {})).status).toBe(200)
    await adapter.close()
  })

  test('of a stream that was too long', async () => {
    const adapter = undiciAdapter()
    const asked: AxiosRequestConfig = { adapter, responseType: 'stream', maxContentLength: 1 }
    const { data, config } = await axios.get<Readable>(server.origin, asked)
    const failed = await failureOf(data.toArray())
    expect(failed.message).toBe('maxContentLength size of 1 exceeded')
    expect(Reflect.ownKeys(failed.config ?? {}).sort()).toEqual(Reflect.ownKeys(config).sort())
    expect((await axios.request({ ...failed.config, maxContentLength: -1 })).status).toBe(200)
    await adapter.close()
  })
})

describe('what undici refuses goes over the http adapter with its body whole', () => {
  const bytes = 2_000_000
  const upload = (): Readable => Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(bytes / 20, 'a')))
  const headers = { Expect: '100-continue' }

  test.each<[string, AxiosRequestConfig]>([
    ['progress', { headers, onUploadProgress: () => {} }],
    ['a limit of its rate', { headers, maxRate: 1e9 }],
    ['a form', { headers: { ...headers, 'content-type': 'multipart/form-data' } }],
  ])('beside %s', async (_beside, config) => {
    const adapter = undiciAdapter({ onUnsupported: 'fallback' })
    const { status } = await axios.post(server.origin, upload(), { adapter, ...config })
    expect(status).toBe(200)
    expect(server.requests.map(({ body }) => body.length)).toEqual([bytes])
    await adapter.close()
  })

  test('beside an agent that a given dispatcher has no use for', async () => {
    const dispatcher = new Agent()
    const adapter = undiciAdapter({ onUnsupported: 'fallback', dispatcher })
    const config: AxiosRequestConfig = { adapter, httpAgent: new http.Agent(), onUploadProgress: () => {} }
    await axios.post(server.origin, upload(), config)
    expect(server.requests.map(({ body }) => body.length)).toEqual([bytes])
    await dispatcher.close()
  })

  test('and what it takes goes over undici, once', async () => {
    const adapter = undiciAdapter({ onUnsupported: 'fallback' })
    const { request } = await axios.post(server.origin, upload(), { adapter, onUploadProgress: () => {} })
    expect(request.constructor.name).toBe('NativeRequest')
    expect(server.requests.map(({ body }) => body.length)).toEqual([bytes])
    await adapter.close()
  })
})

test('credentials for a proxy in a header are refused where there is a tunnel', async () => {
  const adapter = undiciAdapter()
  const config: AxiosRequestConfig = {
    adapter,
    headers: { 'Proxy-Authorization': 'Basic eDp5' },
    proxy: { host: '127.0.0.1', port: 1, protocol: 'http' },
  }
  await expect(axios.get('https://nowhere.test/', config)).rejects.toThrow(
    'undiciAdapter does not support the header Proxy-Authorization: undici sends none through a tunnel',
  )
  await adapter.close()
})

test('closing waits for a call whose request has not begun, because its length is not known yet', async () => {
  const length = Promise.withResolvers<number>()
  const form = Object.assign(Readable.from(['form']), {
    append: () => {},
    getHeaders: () => ({}),
    getLength: (found: (error: null, bytes: number) => void) => void length.promise.then((bytes) => found(null, bytes)),
    toString: () => '[object FormData]',
  })
  const adapter = undiciAdapter()
  const call = axios.post(server.origin, form, { adapter })
  await turn()
  const closed = adapter.close()
  await turn()
  length.resolve(4)
  expect((await call).data).toBe('ok')
  await closed
})

describe('a response that is a stream', () => {
  test('has what one of Node’s client has', async () => {
    await using stage = new Stage()
    const port = await stage.listen(
      http.createServer((_request, response) => {
        response.writeHead(200, { Trailer: 'x-sum', 'X-Own': ['a', 'b'] })
        response.write('body')
        response.addTrailers({ 'X-Sum': '1' })
        response.end()
      }),
    )
    const seenThrough = async (adapter: AxiosRequestConfig['adapter'] & {}) => {
      const { data } = await axios.get(`http://127.0.0.1:${port}/`, { adapter, responseType: 'stream' })
      const { httpVersion, rawHeaders, aborted } = data
      const before = { httpVersion, rawHeaders: rawHeaders.filter((each: string) => !each.includes('GMT')), aborted }
      const body = (await data.toArray()).join('')
      return { before, body, complete: data.complete, trailers: { ...data.trailers }, rawTrailers: data.rawTrailers }
    }
    const found = await seenThrough(stage.adapter)
    expect(found).toEqual(await seenThrough('http'))
    expect(found).toMatchObject({ complete: true, trailers: { 'x-sum': '1' } })
  })

  const leavings: Readonly<Record<string, (data: Readable) => Promise<void> | void>> = {
    'left by its reader': async (data) => {
      for await (const _chunk of data) break
    },
    'left by a reader that throws': async (data) => {
      const reading = (async () => {
        for await (const _chunk of data) throw new Error('read enough')
      })()
      await reading.catch(() => {})
    },
    destroyed: (data) => void data.destroy(),
    'destroyed with an error': (data) => void data.destroy(new Error('own')),
  }

  test.each(Object.keys(leavings))('tells the same when it is %s', async (how) => {
    server.reset((response) => response.writeHead(200).write('some'))
    const toldThrough = async (adapter: AxiosRequestConfig['adapter'] & {}) => {
      const { data } = await axios.get(server.origin, { adapter, responseType: 'stream' })
      const told: unknown[] = []
      data.on('aborted', () => told.push('aborted'))
      data.on('error', ({ code, message }: AxiosError) => told.push({ code, message }))
      const closed = new Promise((resolve) => data.once('close', resolve))
      await leavings[how]?.(data)
      await closed
      return { told, aborted: data.aborted, complete: data.complete }
    }
    const adapter = undiciAdapter()
    const found = await toldThrough(adapter)
    expect(found).toEqual(await toldThrough('http'))
    expect(found).toMatchObject({ aborted: true, complete: false })
    await adapter.close()
  })
})

test('an answer that comes before a body was read ends the upload, which Node’s client goes on with', async () => {
  await using stage = new Stage()
  const uploads: Promise<boolean>[] = []
  const port = await stage.listen(
    http.createServer((request, response) => {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      uploads.push(promise)
      request.resume().once('end', () => resolve(true))
      request.socket.once('close', () => resolve(false))
      response.end('early')
    }),
  )
  for (const adapter of ['http', stage.adapter] as const) {
    const data = Readable.from(
      (async function* () {
        for (let chunk = 0; chunk < 50; chunk++) {
          await turn()
          yield Buffer.alloc(100_000)
        }
      })(),
    )
    data.on('error', () => {})
    const response = await axios.post(`http://127.0.0.1:${port}/`, data, { adapter, maxRedirects: 0 })
    expect(response.data).toBe('early')
  }
  expect(await Promise.all(uploads)).toEqual([true, false])
})
