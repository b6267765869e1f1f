import axios, { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UndiciAdapter } from '../adapter.ts'
import { type DifferentialCase, get } from './case.ts'
import { compareCase } from './compare.ts'
import { unlikeDeclared } from './declared.ts'
import { wireRequestOf } from './framing.ts'
import { RecordingServer } from './recording-server.ts'

let server: RecordingServer

beforeAll(async () => {
  server = await new RecordingServer().listen()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Does as the http adapter does, but for one thing. */
const http = (
  changed: (config: InternalAxiosRequestConfig, send: typeof throughHttp) => Promise<AxiosResponse>,
): UndiciAdapter =>
  Object.assign((config: InternalAxiosRequestConfig) => changed(config, throughHttp), { close: async () => {} })

const throughHttp = (config: InternalAxiosRequestConfig): Promise<AxiosResponse> => axios.getAdapter('http')(config)

/** What is noticed of an adapter in a case. */
async function noticed(adapter: UndiciAdapter, each: Omit<DifferentialCase, 'name'>): Promise<readonly string[]> {
  return (await compareCase({ name: 'of no declared difference', ...each }, adapter, server)).undeclared
}

const ok = { config: get('/') }
const failing: Omit<DifferentialCase, 'name'> = {
  config: get('/'),
  respond: (response) => response.writeHead(500).end(),
}

test('an adapter that does as the http adapter does is the same', async () => {
  const same = http((config, send) => send(config))
  expect([await noticed(same, ok), await noticed(same, failing)]).toEqual([[], []])
})

describe('of a response is noticed', () => {
  const giving = (change: (response: AxiosResponse) => object): UndiciAdapter =>
    http(async (config, send) => {
      const response = await send(config)
      return Object.assign(response, change(response))
    })
  const bytes = { config: get('/', { responseType: 'arraybuffer', transformResponse: [] }) }

  test('another kind of bytes', async () => {
    expect(
      await noticed(
        giving(({ data }) => ({ data: new Uint8Array(data) })),
        bytes,
      ),
    ).toEqual(['resolved.data.0'])
    expect(
      await noticed(
        giving(({ data }) => ({ data: new Uint8Array(data).buffer })),
        bytes,
      ),
    ).toEqual(['resolved.data.0'])
    expect(
      await noticed(
        giving(({ data }) => ({ data: new Blob([data]) })),
        bytes,
      ),
    ).toEqual(['resolved.data.0'])
  })

  test('other bytes', async () => {
    const other = giving(() => ({ data: Buffer.from('ko') }))
    expect(await noticed(other, bytes)).toEqual(['resolved.data.1'])
  })

  test('a config that is not the given one, or has something private', async () => {
    const copied = giving(({ config }) => ({ config: { ...config } }))
    expect(await noticed(copied, ok)).toContain('resolved.config.isGiven')
    const private_ = giving(({ config }) => ({ config: Object.assign(config, { hidden: 1 }) }))
    expect(await noticed(private_, ok)).toEqual(['resolved.config.names'])
  })

  test('a property that axios does not give', async () => {
    expect(
      await noticed(
        giving(() => ({ more: 1 })),
        ok,
      ),
    ).toEqual(['resolved.names'])
  })
})

describe('of an error is noticed', () => {
  const failingWith = (change: (error: AxiosError) => unknown): UndiciAdapter =>
    http((config, send) => send(config).catch((error: AxiosError) => Promise.reject(change(error))))

  test('another class by the same name', async () => {
    const other = failingWith(({ name, message, code, config, request, response, status }) => {
      const error = Object.assign(new TypeError(message), {
        code,
        config,
        request,
        response,
        status,
        isAxiosError: true,
      })
      return Object.assign(error, { name })
    })
    expect(await noticed(other, failing)).toEqual(['rejected.class'])
  })

  test('a cause', async () => {
    const caused = failingWith((error) => Object.assign(error, { cause: new Error('why') }))
    expect(await noticed(caused, failing)).toContain('rejected.cause.message')
  })

  test('a config that is not the given one', async () => {
    const own = failingWith((error) => Object.assign(error, { config: { ...error.config } }))
    expect(await noticed(own, failing)).toEqual(
      expect.arrayContaining(['rejected.config.isGiven', 'rejected.sharesConfig']),
    )
  })

  test('an error in the place of a response', async () => {
    const refusing = http(async (config) => {
      throw new AxiosError('no', 'ERR_NO', config)
    })
    expect(await noticed(refusing, ok)).toEqual(
      expect.arrayContaining(['rejected.code', 'resolved.status', 'sent.0.line']),
    )
  })
})

test('a request that is sent although the call was given up is noticed', async () => {
  const refused = { config: () => ({ url: 'ftp://127.0.0.1/' }) }
  const refusing = (config: InternalAxiosRequestConfig): AxiosError =>
    new AxiosError('Unsupported protocol ftp:', AxiosError.ERR_BAD_REQUEST, config)
  const orderly = http(async (config) => {
    throw refusing(config)
  })
  const sendingAnyway = http(async (config, send) => {
    send({ ...config, url: server.origin }).catch(() => {})
    throw refusing(config)
  })
  expect(await noticed(orderly, refused)).toEqual([])
  expect(await noticed(sendingAnyway, refused)).toContain('sent.0.line')
})

describe('of a request as it came', () => {
  const head = 'POST / HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-b:  2\r\n'
  const of = (raw: string) => wireRequestOf(Buffer.from(raw, 'latin1'))

  test('order, spelling and blanks of header lines and the version count', () => {
    expect(of(`${head}Content-Length: 2\r\n\r\nok`)).toEqual({
      line: 'POST / HTTP/1.1',
      headers: ['X-A: 1', 'x-b:  2'],
      framing: ['content-length: 2', 'host: h'],
      body: 'ok',
    })
  })

  test('how often a framing header comes counts, and its place and capitals do not', () => {
    const [one, other] = ['Host: h\r\nConnection: close', 'connection: close\r\nhost: h'].map((lines) =>
      of(`GET / HTTP/1.1\r\n${lines}\r\n\r\n`),
    )
    expect(one).toEqual(other)
    expect(of('GET / HTTP/1.1\r\nHost: h\r\nhost: h\r\n\r\n').framing).toEqual(['host: h', 'host: h'])
  })

  test('sizes of chunks do not count, and what is wrong with them does', () => {
    const chunked = (body: string): string => of(`${head}Transfer-Encoding: chunked\r\n\r\n${body}`).body
    expect(chunked('1\r\na\r\n2\r\nbc\r\n0\r\n\r\n')).toBe('3\r\nabc\r\n0\r\n\r\n')
    expect(chunked('1\r\na\r\n02\r\nbc\r\n0\r\n\r\n')).toBe('1\r\na\r\n02\r\nbc\r\n0\r\n\r\n')
    expect(chunked('1\r\na\r\n')).toBe('1\r\na\r\n')
  })
})

test('what is declared is as it is declared, or is told', () => {
  const found = { 'resolved.status': 200, 'resolved.data.0': 'string', 'resolved.data.1': 'ok' }
  expect(unlikeDeclared(found, 'resolved', { status: 200, data: ['string', 'ok'] })).toEqual([])
  expect(unlikeDeclared(found, 'rejected', undefined)).toEqual([])
  expect(unlikeDeclared(found, 'resolved', undefined)).toHaveLength(1)
  expect(unlikeDeclared(found, 'resolved', { status: 201 })).toEqual(['resolved.status is 200, declared is 201'])
  expect(unlikeDeclared(found, 'resolved', { data: ['string'] })).toHaveLength(1)
})
