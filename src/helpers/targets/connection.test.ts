import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeAnswer } from './answer-encoding.ts'
import { answerTo } from './answers.ts'
import type { TargetCounters } from './counters.ts'
import { rawClient } from './raw-client.ts'
import { startTarget, type Target } from './target.ts'

let target: Target
let port: number

beforeAll(async () => {
  target = await startTarget({ ports: 1 })
  port = target.ports[0] ?? 0
})

afterAll(() => target[Symbol.asyncDispose]())

beforeEach(async () => {
  await target.snapshot({ reset: true })
})

async function counters(): Promise<TargetCounters | undefined> {
  return (await target.snapshot()).counters[0]
}

const request = (line: string, ...rest: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: a', ...rest].join('\r\n')}\r\n\r\n`

/** The whole answer to a request for a path. */
function answer(path: string, { method = 'GET', keepAlive = true, body = '' } = {}): string {
  const found = answerTo({ method, path, contentType: undefined, body: Buffer.from(body) })
  const parts = encodeAnswer(found, { headOnly: method === 'HEAD', minorVersion: 1, keepAlive })
  return Buffer.concat(parts).toString('latin1')
}

/** Sends everything at once over a new connection and takes what comes until the target ends it. */
async function exchange(bytes: string): Promise<string> {
  using client = await rawClient(port)
  await client.send(bytes)
  return await client.ended()
}

describe('the connection', () => {
  test('is kept for further requests', async () => {
    using client = await rawClient(port)
    const once = answer('/json')
    for (const times of [1, 2, 3]) {
      await client.send(request('GET /json'))
      expect(await client.receive(once.length * times)).toBe(once.repeat(times))
    }
    expect(await counters()).toMatchObject({ connections: 1, requests: 3 })
  })

  test('is ended after the answer to a request that asks for it, and the answer says so', async () => {
    const got = await exchange(request('GET /json', 'Connection: close') + request('GET /json'))
    expect(got).toBe(answer('/json', { keepAlive: false }))
    expect(got).toContain('\r\nconnection: close\r\n')
    expect(await counters()).toMatchObject({ requests: 1 })
  })

  test('is ended after an HTTP/1.0 request', async () => {
    expect(await exchange('GET /json HTTP/1.0\r\n\r\n')).toBe(answer('/json', { keepAlive: false }))
  })

  test('answers what was asked before the client ended its side', async () => {
    using client = await rawClient(port)
    client.socket.end(request('GET /delay/5/json') + request('GET /bytes/9'))
    expect(await client.ended()).toBe(answer('/json') + answer('/bytes/9'))
  })

  test('may be reset by the client without harm', async () => {
    const client = await rawClient(port)
    await client.send(request('GET /bytes/30000000').repeat(3))
    await client.receive(1)
    client.socket.resetAndDestroy()
    expect(await exchange(request('GET /json', 'Connection: close'))).toBe(answer('/json', { keepAlive: false }))
  })
})

describe('pipelined requests', () => {
  const paths = ['/delay/30/bytes/5', '/json', '/delay/1/status/404', '/chunked/10', '/nothing', '/delay/10']

  test('are answered in order, also when early ones are delayed', async () => {
    using client = await rawClient(port)
    const wanted = paths.map((path) => answer(path)).join('')
    await client.send(paths.map((path) => request(`GET ${path}`)).join(''))
    expect(await client.receive(wanted.length)).toBe(wanted)
    expect(await counters()).toMatchObject({ requests: paths.length })
  })

  test('are answered in order when they come in packets of their own', async () => {
    using client = await rawClient(port)
    const wanted = paths.map((path) => answer(path)).join('')
    for (const path of paths) await client.send(request(`GET ${path}`))
    expect(await client.receive(wanted.length)).toBe(wanted)
  })

  test('are all answered when there are more than the target holds', async () => {
    using client = await rawClient(port)
    const wanted = answer('/delay/5/bytes/100').repeat(500)
    await client.send(request('GET /delay/5/bytes/100').repeat(500))
    expect(await client.receive(wanted.length)).toBe(wanted)
  })

  test('are not read while the client does not read its answers', async () => {
    using client = await rawClient(port)
    const one = answer('/bytes/1000000')
    client.socket.pause()
    await client.send(request('GET /bytes/1000000').repeat(100))
    while (((await counters())?.requests ?? 0) < 2);
    await exchange(request('GET /json', 'Connection: close'))
    expect((await counters())?.requests).toBeLessThan(50)
    client.socket.resume()
    expect((await client.receive(one.length * 100)).length).toBe(one.length * 100)
    expect(await counters()).toMatchObject({ requests: 101 })
  })
})

describe('what is known from before', () => {
  test.each([
    ['GET', '/json', ''],
    ['HEAD', '/json', ''],
    ['GET', '/bytes/1000000', ''],
    ['GET', '/chunked/100000', ''],
    ['POST', '/echo', 'hello'],
    ['GET', '/status/204', ''],
  ])('is answered byte for byte as at first: %s %s', async (method, path, body) => {
    using client = await rawClient(port)
    const bytes = request(`${method} ${path}`, `Content-Length: ${body.length}`, `X-Case: ${method}${path}`) + body
    const once = answer(path, { method, body })
    for (const times of [1, 2]) {
      await client.send(bytes)
      expect(await client.receive(once.length * times)).toBe(once.repeat(times))
    }
    await client.send(bytes.slice(0, 20))
    // Makes the target see the first part by itself.
    await counters()
    await client.send(bytes.slice(20))
    expect(await client.receive(once.length * 3)).toBe(once.repeat(3))
    expect(await counters()).toMatchObject({
      requests: 3,
      bytesIn: bytes.length * 3,
      bytesOut: once.length * 3,
    })
  })

  test('is no request where it is part of a body', async () => {
    using client = await rawClient(port)
    const known = request('GET /json')
    await client.send(known)
    await client.receive(answer('/json').length)
    await client.send(request('POST /echo', `Content-Length: ${known.length}`))
    await counters()
    await client.send(known)
    const wanted = answer('/json') + answer('/echo', { method: 'POST', body: known })
    expect(await client.receive(wanted.length)).toBe(wanted)
  })

  test('waits for its turn behind a delayed answer', async () => {
    using client = await rawClient(port)
    await client.send(request('GET /json'))
    await client.receive(answer('/json').length)
    await client.send(request('GET /delay/20/bytes/3'))
    await client.send(request('GET /json'))
    const wanted = answer('/json') + answer('/bytes/3') + answer('/json')
    expect(await client.receive(wanted.length)).toBe(wanted)
  })
})

describe('what is refused', () => {
  const tooLarge = request('GET /json', `X: ${'x'.repeat(70_000)}`)
  test.each([
    ['HTTP/1.1 400 Bad Request', 'nonsense\r\n\r\n'],
    ['HTTP/1.1 400 Bad Request', 'GET / HTTP/1.1\r\n\r\n'],
    ['HTTP/1.1 400 Bad Request', request('POST /echo', 'Transfer-Encoding: chunked', 'Content-Length: 3')],
    ['HTTP/1.1 431 Request Header Fields Too Large', tooLarge],
    ['HTTP/1.1 413 Payload Too Large', request('PUT /echo', 'Content-Length: 70000000')],
  ])('gets %s, then the connection ends', async (statusLine, bytes) => {
    const got = await exchange(`${bytes}${request('GET /json')}`)
    expect(got.split('\r\n')[0]).toBe(statusLine)
    expect(got).toContain('\r\nconnection: close\r\n')
    expect(got.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(await counters()).toMatchObject({ requests: 0, parseErrors: 1 })
  })

  test('gets its answer after those to the requests before it', async () => {
    const got = await exchange(`${request('GET /delay/5/json')}nonsense\r\n\r\n`)
    expect(got.startsWith(`${answer('/json')}HTTP/1.1 400 `)).toBe(true)
    expect(await counters()).toMatchObject({ requests: 1, parseErrors: 1 })
  })

  test('gets its answer although much of its body is still to come', async () => {
    using client = await rawClient(port)
    await client.send(request('PUT /echo', 'Content-Length: 70000000'))
    await client.send(Buffer.alloc(10_000_000))
    expect(await client.ended()).toContain('HTTP/1.1 413 ')
  })

  test('is a request that is cut off', async () => {
    using client = await rawClient(port)
    client.socket.end('GET /json HT')
    expect(await client.ended()).toContain('HTTP/1.1 400 ')
  })
})

test('100 Continue is sent before the body, and in order', async () => {
  using client = await rawClient(port)
  const go = 'HTTP/1.1 100 Continue\r\n\r\n'
  const first = answer('/json')
  await client.send(request('GET /delay/5/json') + request('POST /echo', 'Expect: 100-continue', 'Content-Length: 2'))
  expect(await client.receive(first.length + go.length)).toBe(first + go)
  await client.send('ok')
  const wanted = first + go + answer('/echo', { method: 'POST', body: 'ok' })
  expect(await client.receive(wanted.length)).toBe(wanted)
})
