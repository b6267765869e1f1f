import { getEventListeners } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import axios, { type AxiosError, type AxiosRequestConfig, type CancelToken } from 'axios'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type UndiciAdapter, undiciAdapter } from './adapter.ts'
import { RecordingServer, type Responder } from './differential/recording-server.ts'

let server: RecordingServer
let adapter: UndiciAdapter

beforeEach(async () => {
  server = await new RecordingServer().listen()
  adapter = undiciAdapter()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await adapter.close()
  await server[Symbol.asyncDispose]()
})

/** What a call gives, or fails with. */
async function outcome(config: AxiosRequestConfig = {}): Promise<unknown> {
  return await axios.request({ url: server.origin, adapter, ...config }).catch((error: unknown) => error)
}

const redirecting: Responder = (response, { index }) => {
  if (index > 0) response.end('arrived')
  else response.writeHead(302, { location: '/next' }).end()
}
const endings: Readonly<Record<string, Responder>> = {
  'that is answered': (response) => response.end('ok'),
  'that is redirected': redirecting,
  'that is refused': (response) => response.writeHead(500).end(),
  'whose connection is lost': (_response, { socket }) => socket.destroy(),
}

describe.each(Object.entries(endings))('of a call %s nothing is left', (_name, respond) => {
  test('that listens to its signal and its cancel token', async () => {
    const { signal } = new AbortController()
    const token: CancelToken & { readonly _listeners?: readonly unknown[] | null } = axios.CancelToken.source().token
    const subscribe = vi.spyOn(token, 'subscribe')
    server.reset(respond)
    await outcome({ signal, cancelToken: token })
    expect(subscribe).toHaveBeenCalledOnce()
    expect(token._listeners ?? []).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('that waits for its limit of time', async () => {
    const timeout = 54_321
    const begun = vi.spyOn(globalThis, 'setTimeout')
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    server.reset(respond)
    await outcome({ timeout })
    const timers = begun.mock.results.filter((_, place) => begun.mock.calls[place]?.[1] === timeout)
    expect(timers).toHaveLength(1)
    expect(cleared).toHaveBeenCalledWith(timers[0]?.value)
  })
})

test('while a body comes its limit of time begins anew with every chunk', async () => {
  const begun = vi.spyOn(globalThis, 'setTimeout')
  const timeout = 54_321
  let refreshed: { readonly mock: { readonly calls: readonly unknown[] } } | undefined
  server.reset((response) => {
    const timer: NodeJS.Timeout =
      begun.mock.results[begun.mock.calls.findIndex(([, limit]) => limit === timeout)]?.value
    refreshed = vi.spyOn(timer, 'refresh')
    response.write('one')
    setImmediate(() => response.end('two'))
  })
  expect(await outcome({ timeout })).toMatchObject({ data: 'onetwo' })
  // With the headers, too.
  expect(refreshed?.mock.calls.length).toBeGreaterThanOrEqual(2)
})

test('a call that is given up while it waits for a connection is never sent, and takes none', async () => {
  const alone = undiciAdapter({ connections: 1 })
  const client = axios.create({ adapter: alone, baseURL: server.origin })
  const waiting = Promise.withResolvers<() => void>()
  server.reset((response, { index }) => {
    if (index > 0) response.end('later')
    else waiting.resolve(() => response.end('first'))
  })
  const first = client.get('/first')
  const answerFirst = await waiting.promise
  const controller = new AbortController()
  const second = client.get('/second', { signal: controller.signal }).catch((error: AxiosError) => error.code)
  await turn()
  controller.abort()
  expect(await second).toBe('ERR_CANCELED')
  answerFirst()
  expect((await first).data).toBe('first')
  expect((await client.get('/third')).data).toBe('later')
  await server.settle()
  expect(server.requests.map(({ path }) => path)).toEqual(['/first', '/third'])
  await alone.close()
})

test('the request of a call says whether it was given up', async () => {
  const answered = await axios.get(server.origin, { adapter })
  expect(answered.request).toMatchObject({ destroyed: false, aborted: false })
  const controller = new AbortController()
  server.reset(() => controller.abort())
  expect(await outcome({ signal: controller.signal })).toMatchObject({
    code: 'ERR_CANCELED',
    request: { destroyed: true, aborted: true },
  })
})

test('a check of the status that throws fails the call with what it threw', async () => {
  const thrown = new RangeError('unchecked')
  const validateStatus = (): boolean => {
    throw thrown
  }
  // axios's http adapter has the whole process end by it.
  expect(await outcome({ validateStatus })).toBe(thrown)
})

test('an answer that changes to a protocol that nobody asked for fails, and the next call does not', async () => {
  server.reset((response, { socket, index }) => {
    if (index > 0) response.end('ok')
    else socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n')
  })
  expect(await outcome()).toMatchObject({ isAxiosError: true, code: 'ECONNRESET' })
  expect(await outcome()).toMatchObject({ data: 'ok' })
})

test('as many connections are opened as are needed, up to a hundred', async () => {
  const held: (() => void)[] = []
  server.reset((response) => {
    held.push(() => response.end('ok'))
    if (held.length === 100) for (const release of held) release()
    else if (held.length > 100) response.end('ok')
  })
  await Promise.all(Array.from({ length: 150 }, () => outcome()))
  expect(server.connections).toBe(100)
})
