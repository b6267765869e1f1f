import type { EventEmitter } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import axios, { type AxiosRequestConfig } from 'axios'
import { Agent, type Dispatcher } from 'undici'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { Crowds } from './crowds.ts'
import { Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  vi.useRealTimers()
  await stage[Symbol.asyncDispose]()
})

/** A server that answers when it is told. */
async function patient(headers: Record<string, string> = {}) {
  const asked: http.ServerResponse[] = []
  const port = await stage.listen(http.createServer((_request, response) => asked.push(response)))
  const answer = async (): Promise<void> => {
    await vi.waitFor(() => expect(asked).toHaveLength(1), { interval: 1 })
    asked.shift()?.writeHead(200, headers).end('ok')
  }
  return { url: `http://127.0.0.1:${port}/`, asked, answer }
}

/** Lets sockets tell what they have; with fake timers, no time passes. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await turn()
}

const outcome = async (call: Promise<unknown>): Promise<string> =>
  await call.then(
    () => 'ok',
    ({ message }: Error) => message,
  )

const late = 'timeout of 1000ms exceeded'

describe.each([
  ['plain', {}],
  ['streamed', { beforeRedirect: () => {} }],
] as const)('the limit of time of a call that waits for a connection, %s', (_name, way) => {
  const begun = (config: AxiosRequestConfig) => outcome(axios.request({ timeout: 1_000, ...way, ...config }))

  test.each([
    ['without a limit', {}],
    ['without redirects', { maxRedirects: 0, timeout: 100_000 }],
  ])('does not begin when one %s before it is given up', async (_which, config) => {
    const { url, asked, answer } = await patient()
    const adapter = undiciAdapter({ connections: 1 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const controller = new AbortController()
    const holder = begun({ url, adapter, timeout: 0 })
    await settle()
    const before = begun({ url, adapter, timeout: 0, signal: controller.signal, ...config })
    const last = begun({ url, adapter })
    await settle()
    controller.abort()
    expect(await before).toBe('canceled')
    vi.advanceTimersByTime(5_000)
    vi.useRealTimers()
    expect(asked).toHaveLength(1)
    await answer()
    await answer()
    expect([await holder, await last]).toEqual(['ok', 'ok'])
    await adapter.close()
  })

  test.each([
    ['that stay', {}],
    ['that the server closes', { connection: 'close' }],
  ] as const)('begins when it has one, of connections %s', async (_connections, headers) => {
    const { url, asked } = await patient(headers)
    const adapter = undiciAdapter({ connections: 1 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const calls = [1, 2, 3].map(() => begun({ url, adapter }))
    for (let served = 0; served < 3; served++) {
      while (asked.length === 0) await turn()
      vi.advanceTimersByTime(600)
      asked.shift()?.writeHead(200, headers).end('ok')
      await settle()
    }
    expect(await Promise.all(calls)).toEqual(['ok', 'ok', 'ok'])
    vi.useRealTimers()
    await adapter.close()
  })

  test('begins when another gives up before it had one', async () => {
    // Takes connections and says nothing, so that no TLS begins.
    const url = `https://127.0.0.1:${await stage.listen(net.createServer())}/`
    const adapter = undiciAdapter({ connections: 1 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const given = new AbortController()
    const ended: string[] = []
    const first = begun({ url, adapter, timeout: 0, signal: given.signal }).then((how) => ended.push(how))
    await settle()
    const impatient = new AbortController()
    const gone = begun({ url, adapter, signal: impatient.signal })
    await settle()
    const others = [1, 2].map(() => begun({ url, adapter }).then((how) => ended.push(how)))
    await settle()
    vi.advanceTimersByTime(5_000)
    await settle()
    expect(ended).toEqual([])
    impatient.abort()
    expect(await gone).toBe('canceled')
    given.abort()
    await first
    vi.advanceTimersByTime(1_000)
    await settle()
    expect(ended).toEqual(['canceled', late])
    vi.advanceTimersByTime(1_000)
    await Promise.all(others)
    expect(ended).toEqual(['canceled', late, late])
    const last = begun({ url, adapter })
    await settle()
    vi.advanceTimersByTime(1_000)
    expect(await last).toBe(late)
    vi.useRealTimers()
    await adapter.close()
  })

  test('counts from the start without redirects', async () => {
    const { url, asked } = await patient()
    const adapter = undiciAdapter({ connections: 1 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const first = begun({ url, adapter, timeout: 0, maxRedirects: 0 })
    while (asked.length === 0) await turn()
    const second = begun({ url, adapter, maxRedirects: 0 })
    await settle()
    vi.advanceTimersByTime(1_000)
    expect(await second).toBe(late)
    asked.shift()?.end('ok')
    expect(await first).toBe('ok')
    vi.useRealTimers()
    await adapter.close()
  })
})

describe('crowds', () => {
  test('there is one from when undici has no connection left until it has one again', async () => {
    const { url, answer } = await patient()
    const { origin } = new URL(url)
    const dispatcher = new Agent({ connections: 1 })
    const crowds = new Crowds()
    const ended = Promise.withResolvers<void>()
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {},
      onResponseStart: () => {},
      onResponseData: () => {},
      onResponseEnd: () => ended.resolve(),
      onResponseError: (_controller, error) => ended.reject(error),
    }
    expect(crowds.isCrowded(dispatcher, origin)).toBe(false)
    expect(crowds.wait(dispatcher, origin, () => {})).toBeUndefined()
    crowds.dispatch(dispatcher, { origin, path: '/', method: 'GET' }, handler)
    expect(crowds.isCrowded(dispatcher, origin)).toBe(true)
    expect(crowds.isCrowded(dispatcher, 'http://other.test')).toBe(false)
    await answer()
    await ended.promise
    await vi.waitFor(() => expect(crowds.isCrowded(dispatcher, origin)).toBe(false))
    await dispatcher.close()
  })

  test.each([
    ['disconnect', ['first']],
    ['connectionError', ['first']],
    ['drain', ['first', 'second']],
  ])('at the event `%s` %j begin, each once', async (event, expected) => {
    const origin = 'http://127.0.0.1:1'
    const dispatcher = new Agent({ connections: 1 })
    vi.spyOn(dispatcher, 'dispatch').mockReturnValue(false)
    const crowds = new Crowds()
    crowds.dispatch(dispatcher, { origin, path: '/', method: 'GET' }, {})
    const begun: string[] = []
    const places = ['first', 'second'].map((name) => crowds.wait(dispatcher, origin, () => begun.push(name)))
    const emitter: EventEmitter = dispatcher
    emitter.emit(event, new URL(origin), [])
    for (const place of places) if (!place?.isWaiting) place?.begin()
    expect(begun).toEqual(expected)
    expect(crowds.isCrowded(dispatcher, origin)).toBe(event !== 'drain')
    await dispatcher.close()
  })

  test('a given dispatcher is listened to once, and no more after closing', async () => {
    const { url, answer } = await patient()
    const dispatcher = new Agent({ connections: 1 })
    const adapter = undiciAdapter({ dispatcher })
    const count = () => ['drain', 'disconnect', 'connectionError'].map((event) => dispatcher.listenerCount(event))
    const calls = [1, 2, 3].map(() => axios.get(url, { adapter }))
    await answer()
    expect(count()).toEqual([1, 1, 1])
    await answer()
    await answer()
    await Promise.all(calls)
    await adapter.close()
    expect(count()).toEqual([0, 0, 0])
    await dispatcher.close()
  })
})
