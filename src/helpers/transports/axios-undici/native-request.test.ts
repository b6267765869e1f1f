import type { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { afterEach, expect, test, vi } from 'vitest'
import { Crowds } from './crowds.ts'
import type { NativeOptions } from './native-options.ts'
import { NativeRequest } from './native-request.ts'

const options: NativeOptions = {
  protocol: 'http:',
  hostname: '::1',
  port: 8080,
  path: '/path',
  method: 'POST',
  headers: { 'X-Own': 'a', Cookie: ['a=1', 'b=2'] },
}

/** A request whose dispatcher does nothing, with what the dispatcher was given. */
function begun(more: Partial<NativeOptions> = {}) {
  const dispatched: Dispatcher.DispatchOptions[] = []
  const dispatcher = {
    dispatch: (asked: Dispatcher.DispatchOptions) => dispatched.push(asked) > 0,
  } as unknown as Dispatcher
  const controller = { abort: vi.fn(), pause: vi.fn(), resume: vi.fn() }
  const ways = { isTimedFromStart: true, httpVersion: '1.1', crowds: new Crowds() } as const
  const request = new NativeRequest(dispatcher, { ...options, ...more }, ways, () => {})
  request.on('error', () => {})
  const body = (): Readable => dispatched[0]?.body as Readable
  return { request, dispatched, body, controller: controller as typeof controller & Dispatcher.DispatchController }
}

afterEach(() => {
  vi.useRealTimers()
})

test('a writer waits until what it wrote is read', async () => {
  const { request, body } = begun()
  for (const chunk of ['one', 'two', 'three']) request.write(chunk)
  request.end()
  await turn()
  expect(request.writableLength).toBeGreaterThan(0)
  expect((await body().toArray()).join(' ')).toBe('one two three')
  expect(request.writableLength).toBe(0)
})

test('a writer goes on when nobody reads any more', async () => {
  const { request, body } = begun()
  request.write('one')
  request.write('two')
  body().destroy()
  await new Promise<void>((resolve) => request.end('three', resolve))
})

test('a body is destroyed with its request', () => {
  const { request, body } = begun()
  request.write('one')
  request.destroy()
  expect(body().destroyed).toBe(true)
})

test('a request that was destroyed before it began is aborted when it begins', () => {
  const { request, controller } = begun()
  request.end()
  request.destroy()
  request.onRequestStart(controller)
  expect(controller.abort).toHaveBeenCalledWith(expect.objectContaining({ code: 'ECONNRESET' }))
})

test('a response that is not read is paused, and goes on when it is', async () => {
  const { request, controller } = begun()
  request.end()
  request.onRequestStart(controller)
  request.onResponseStart(controller, 200, {})
  request.onResponseData(controller, Buffer.alloc(10))
  expect(controller.pause).not.toHaveBeenCalled()
  request.onResponseData(controller, Buffer.alloc(1_000_000))
  expect(controller.pause).toHaveBeenCalledOnce()
  request.res?.resume()
  await turn()
  expect(controller.resume).toHaveBeenCalled()
})

test.each([
  ['has its whole response', ({ request, controller }: ReturnType<typeof begun>) => request.onResponseEnd(controller)],
  ['is destroyed', ({ request }: ReturnType<typeof begun>) => request.destroy()],
  ['fails', ({ request, controller }: ReturnType<typeof begun>) => request.onResponseError(controller, new Error())],
])('no timer is left once a request %s', (_how, end) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const stage = begun()
  stage.request.end()
  stage.request.setTimeout(1_000)
  expect(vi.getTimerCount()).toBe(2)
  end(stage)
  expect(vi.getTimerCount()).toBe(0)
})

test('a limit of time that counts from the start ends with the headers of the response', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { request, controller } = begun()
  const onTimeout = vi.fn()
  request.setTimeout(1_000, onTimeout)
  for (let time = 0; time < 3; time++) {
    vi.advanceTimersByTime(300)
    request.write('chunk')
  }
  request.onResponseStart(controller, 200, {})
  vi.advanceTimersByTime(900)
  expect(onTimeout).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(onTimeout).toHaveBeenCalledOnce()
})

test('the headers are read as those of Node’s client are', () => {
  const { request } = begun({ auth: 'user:password' })
  expect(request.host).toBe('::1')
  expect({ ...request.getHeaders() }).toEqual({
    'x-own': 'a',
    cookie: 'a=1; b=2',
    authorization: `Basic ${Buffer.from('user:password').toString('base64')}`,
    host: '[::1]:8080',
  })
  expect(request.getHeaderNames()).toEqual(['x-own', 'cookie', 'authorization', 'host'])
  expect(request.getHeader('X-OWN')).toBe('a')
  expect([request.hasHeader('HOST'), request.hasHeader('x-other')]).toEqual([true, false])
})

test('a header that is set takes the place of the one in other capitals', () => {
  const { request, dispatched } = begun({ headers: { 'X-Own': 'a', 'x-other': 'b' } })
  request.setHeader('x-own', 'c')
  request.removeHeader('X-Other')
  request.end()
  expect(dispatched[0]?.headers).toEqual({ 'x-own': 'c' })
  expect(() => request.setHeader('Expect', '100-continue')).toThrow('the header Expect')
})
