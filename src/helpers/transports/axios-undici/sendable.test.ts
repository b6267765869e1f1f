import { METHODS } from 'node:http'
import { Readable } from 'node:stream'
import axios, { type AxiosError, type AxiosRequestConfig } from 'axios'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'
import { requireSendable } from './sendable.ts'

const get = { method: 'GET', path: '/', headers: {} }

test.each([
  ['ERR_INVALID_HTTP_TOKEN', { ...get, method: 'NO METHOD' }],
  ['ERR_INVALID_HTTP_TOKEN', { ...get, headers: { 'x bad': '1' } }],
  ['ERR_UNESCAPED_CHARACTERS', { ...get, path: '/a b' }],
  ['ERR_INVALID_CHAR', { ...get, headers: { 'x-bad': 'a\nb' } }],
])('what Node’s client refuses is refused with its code %s', (code, sendable) => {
  expect(() => requireSendable(sendable)).toThrow(expect.objectContaining({ name: 'TypeError', code }))
})

test.each([
  [{ Upgrade: 'websocket' }, 'the header Upgrade'],
  [{ 'Content-Length': 'four' }, 'this value of the header Content-Length'],
  [{ Connection: 'a b' }, 'this value of the header Connection'],
  [{ Host: ['a', 'b'] }, 'this value of the header Host'],
  [{ host: 'a', Host: 'b' }, 'this value of the header Host'],
])('what undici alone refuses, as %o, is named', (headers, named) => {
  expect(() => requireSendable({ ...get, headers })).toThrow(named)
})

test('a tunnel is no request, in whatever capitals', async () => {
  await using server = await new RecordingServer().listen()
  const adapter = undiciAdapter({ connections: 1 })
  for (const method of ['CONNECT', 'connect']) {
    const call = axios.request({ url: server.origin, method, adapter })
    await expect(call).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORT', isAxiosError: true })
    await expect(call).rejects.toThrow('the method CONNECT')
  }
  expect((await axios.get(server.origin, { adapter, timeout: 10_000 })).data).toBe('ok')
  expect(server.requests.map(({ method }) => method)).toEqual(['GET'])
  await adapter.close()
})

test.each([
  ['2', { data: 'four' }],
  ['10', { data: 'four' }],
  ['1', { data: undefined }],
  ['1', { data: 'four', maxRedirects: 0 }],
])('a length of %s that is not that of %o is refused, and no connection is lost', async (length, config) => {
  await using server = await new RecordingServer().listen()
  const adapter = undiciAdapter({ connections: 1 })
  const call = axios.request({
    url: server.origin,
    method: 'post',
    adapter,
    headers: { 'Content-Length': length },
    ...config,
  })
  await expect(call).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORT' })
  await expect(call).rejects.toThrow('Content-Length')
  expect((await axios.get(server.origin, { adapter, timeout: 10_000 })).data).toBe('ok')
  expect(server.requests).toHaveLength(1)
  await adapter.close()
})

/** Often what undici looks at, and often not what it takes. */
const name = fc.oneof(
  fc.constantFrom('host', 'connection', 'content-length', 'content-type', 'expect', 'upgrade', 'x-own', 'x bad'),
  fc.string({ minLength: 1, maxLength: 6 }),
)
const value = fc.oneof(
  fc.constantFrom('', 'close', 'keep-alive, x', '4', '-1', '4.0', 'ü', '漢'),
  fc.string({ maxLength: 6 }),
)
const request = fc.record({
  method: fc.oneof(fc.constantFrom(...METHODS), fc.string({ minLength: 1, maxLength: 4 })),
  query: fc.string({ maxLength: 5, unit: 'binary' }),
  headers: fc.dictionary(name, value, { maxKeys: 3 }),
  isStreamed: fc.boolean(),
})

test('nothing that is refused takes a connection out of use', { timeout: 60_000 }, async () => {
  await using server = await new RecordingServer({ keeps: false }).listen()
  const adapter = undiciAdapter({ connections: 1 })
  const client = axios.create({ adapter, baseURL: server.origin })
  for (const { method, query, headers, isStreamed } of fc.sample(request, { numRuns: 300, seed: 20_261_123 })) {
    const config: AxiosRequestConfig = {
      method,
      headers,
      params: {},
      paramsSerializer: { serialize: () => query },
      ...(isStreamed ? { data: Readable.from([Buffer.from('four')]) } : { data: 'four' }),
    }
    const code = await client.request(config).then(
      () => undefined,
      (error: AxiosError) => error.code,
    )
    // Undici has words and codes of its own for what it should not have been given.
    expect(code ?? '', JSON.stringify({ method, query, headers })).not.toMatch(/^UND_ERR|^ERR_ASSERTION/)
    expect((await client.get('/', { timeout: 10_000 })).data).toBe('ok')
  }
  await adapter.close()
})
