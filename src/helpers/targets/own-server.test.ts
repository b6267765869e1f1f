import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { http } from '../clients/http.ts'
import { wire } from '../clients/wire.ts'
import { loopbackTls } from './loopback-tls.ts'
import { rawClient } from './raw-client.ts'
import { startTarget, type Target } from './target.ts'
import { TargetFailedError } from './target-error.ts'
import type { ServerSource } from './target-source.ts'
import { untouched } from './test-counters.ts'
import { ModuleFolder } from './test-module.ts'

const modules = new ModuleFolder()

const apps = modules.write(
  'apps.mjs',
  `import { createServer } from 'node:http'
  import { fastify } from packageAddress('fastify')

  const item = '{"id":42,"name":"own"}'
  export function listener(request, response) {
    if (request.url !== '/items/42') return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': item.length }).end(item)
  }

  // As an Express app is one: a function with members, which hands on to the next.
  export const express = Object.assign((request, response, next) => listener(request, response), { use() {}, listen() {} })

  export const server = createServer({ keepAliveTimeout: 1 }, listener)

  export const listening = createServer(listener).listen(0, '127.0.0.1')

  export const app = fastify()
  app.get('/items/:id', async ({ params }) => ({ id: Number(params.id), name: 'own' }))

  export const makeApp = async () => {
    const own = fastify()
    own.get('/items/:id', async ({ params }) => ({ id: Number(params.id), name: 'own' }))
    return own
  }

  export const makeListener = () => listener
  export const chunked = (request, response) => {
    response.setHeader('content-type', 'application/json')
    response.write(item.slice(0, 5))
    response.end(item.slice(5))
  }
  export const post = async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    response.setHeader('content-type', request.headers['content-type'] ?? 'text/plain')
    response.end(request.method + ' ' + text)
  }

  export const throws = (request, response) => {
    if (request.url === '/throws') throw new Error('the app is broken')
    response.end('fine')
  }

  export const nothing = undefined
  export const config = { port: 3000 }
  export const broken = () => { throw new Error('there is no database') }
  `,
)

const source = (exportName: string): ServerSource => ({ kind: 'server', module: apps, exportName })
const item = { method: 'GET', path: '/items/42', headers: {} } as const
const answered = { status: 200, text: '{"id":42,"name":"own"}' }
const portOf = ({ ports }: Target, index = 0): number => ports[index] ?? 0

describe.each(['listener', 'express', 'server', 'listening', 'app', 'makeApp', 'makeListener', 'chunked'])(
  'a server exported as %s',
  (exportName) => {
    test('answers on every port, and what it answers is known beforehand', async () => {
      await using target = await startTarget({ ports: 2, source: source(exportName) })
      const answer = await target.answerTo(item)
      expect(answer).toMatchObject(answered)
      expect(answer.contentType).toMatch(/^application\/json/)
      for (const port of target.ports) {
        for (const client of [http, wire]) {
          const opened = await client.open(undefined, {
            ...item,
            origin: `http://127.0.0.1:${port}`,
            connections: 2,
          })
          const replies = await Promise.all([opened.send(), opened.send(), opened.send()])
          await opened.close()
          for (const reply of replies) expect(reply).toMatchObject(answered)
        }
      }
      const { counters } = await target.snapshot()
      const [{ bytesIn = 0, bytesOut = 0 } = {}] = counters
      expect(bytesIn).toBeGreaterThan(0)
      for (const each of counters) {
        expect(each).toMatchObject({ connections: 4, requests: 6, bytesIn, bytesOut, parseErrors: 0 })
      }
    })
  },
)

describe('the counters of a project’s own server', () => {
  const get = 'GET /items/42 HTTP/1.1\r\nHost: a\r\nX-Twice: 1\r\nx-twice: 2\r\n\r\n'
  const answer =
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 22\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n' +
    'Connection: keep-alive\r\n\r\n{"id":42,"name":"own"}'

  test.each([undefined, loopbackTls()])('agree with what went over the wire to the byte (%#)', async (tls) => {
    await using target = await startTarget({ ports: 2, source: source('listener'), ...(tls && { tls }) })
    const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${portOf(target)}`
    const certificate = tls === undefined ? {} : { certificate: tls.certificate }
    const client = await wire.open(undefined, { ...item, origin, connections: 1, ...certificate })
    for (let sent = 0; sent < 3; sent++) await client.send()
    const request = `GET /items/42 HTTP/1.1\r\nhost: 127.0.0.1:${portOf(target)}\r\n\r\n`
    expect((await target.snapshot()).counters).toEqual([
      {
        ...untouched,
        connections: 1,
        openConnections: 1,
        peakConnections: 1,
        requests: 3,
        bytesIn: 3 * request.length,
        bytesOut: 3 * answer.length,
        fullHandshakes: tls === undefined ? 0 : 1,
      },
      untouched,
    ])
    await client.close()
  })

  test('go on after a connection is gone, and begin anew when they are reset', async () => {
    await using target = await startTarget({ ports: 1, source: source('listener') })
    const gone = await rawClient(portOf(target))
    await gone.send(get)
    await gone.receive(answer.length)
    gone[Symbol.dispose]()
    using kept = await rawClient(portOf(target))
    await kept.send(get)
    await kept.receive(answer.length)
    while ((await target.snapshot()).counters[0]?.openConnections !== 1);
    const before = await target.snapshot({ reset: true })
    expect(before.counters).toMatchObject([{ requests: 2, bytesIn: 2 * get.length, bytesOut: 2 * answer.length }])
    await kept.send(get)
    await kept.receive(2 * answer.length)
    expect((await target.snapshot()).counters).toMatchObject([
      { connections: 0, openConnections: 1, requests: 1, bytesIn: get.length, bytesOut: answer.length },
    ])
  })

  test('come with the headers of the first request, until they are forgotten', async () => {
    await using target = await startTarget({ ports: 1, source: source('listener') })
    using client = await rawClient(portOf(target))
    await client.send(get)
    await client.receive(answer.length)
    const { headers } = await target.snapshot({ headers: true, forgetHeadersOf: portOf(target) })
    expect(headers).toEqual([
      [
        ['host', 'a'],
        ['x-twice', '1, 2'],
      ],
    ])
    await client.send('GET /items/42 HTTP/1.1\r\nHost: b\r\n\r\n')
    await client.receive(2 * answer.length)
    expect((await target.snapshot({ headers: true })).headers).toEqual([[['host', 'b']]])
  })

  test.each(['listener', 'app'])('tell requests that %s could not parse', async (exportName) => {
    await using target = await startTarget({ ports: 1, source: source(exportName) })
    using client = await rawClient(portOf(target))
    await client.send('nonsense\r\n\r\n')
    expect(await client.receive(30)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect((await target.snapshot()).counters).toMatchObject([{ requests: 0, parseErrors: 1 }])
  })
})

test('method, headers and body of a request decide about its answer', async () => {
  await using target = await startTarget({ ports: 1, source: source('post') })
  const asked = { method: 'POST', path: '/', headers: { 'content-type': 'text/csv' }, body: 'a;ä' }
  expect(await target.answerTo(asked)).toEqual({ status: 200, contentType: 'text/csv', text: 'POST a;ä' })
})

describe('a server that will not do is an error that says why:', () => {
  const start = (exportName: string, module = apps) =>
    startTarget({ ports: 1, source: { kind: 'server', module, exportName } }).catch((error: unknown) => error)

  test.each<[string, RegExp]>([
    ['missing', /^.*apps\.mjs has no export named missing; it exports app, broken, chunked, .*$/],
    [
      'config',
      /^config in .*apps\.mjs is no server that can be asked: expected a request listener, .*; got an object$/,
    ],
    ['broken', /^broken in .*apps\.mjs cannot be started: there is no database$/],
  ])('%s', async (exportName, message) => {
    const error = await start(exportName)
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ message: expect.stringMatching(message) })
  })

  test('a module that Node cannot import', async () => {
    const module = modules.write('alias.mjs', `import '@/database'\nexport const app = 1\n`)
    const error = await start('app', module)
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /alias\.mjs could not be imported on the target's thread by Node \d+.*: .*@\/database/,
      ),
    })
  })

  test('one that throws while it answers', async () => {
    await using target = await startTarget({ ports: 1, source: source('throws') })
    using client = await rawClient(portOf(target))
    await client.send('GET /throws HTTP/1.1\r\nHost: a\r\n\r\n')
    const failure = await target.failed.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TargetFailedError)
    expect(failure).toMatchObject({
      message: `The target on 127.0.0.1 failed: throws in ${apps} threw Error: the app is broken`,
    })
  })
})
