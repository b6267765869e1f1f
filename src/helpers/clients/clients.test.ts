import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallJson, textOfBytes } from '../targets/answers.ts'
import { compressedJson } from '../targets/bodies.ts'
import { headerOf } from './header.ts'
import { clientNamed } from './list.ts'
import { plainClients as clients, openAt, Stage } from './test-stage.ts'

/** Clients without an option for the size of responses; undici has one, on dispatchers but the global one. */
const limitless = ['wire', 'http', 'undici-default']
const limited = clients.filter(({ name }) => !limitless.includes(name))

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set(20 * clients.length)
})
afterAll(() => stage[Symbol.asyncDispose]())

describe.each(clients)('the client $name', (client) => {
  test('returns status, headers and the full text of a GET', async () => {
    await using scene = await stage.open(client)
    const { status, headers, text } = await scene.client.send()
    expect(status).toBe(200)
    expect(headerOf(headers, 'Content-Type')).toBe('application/json')
    expect(headerOf(headers, 'content-length')).toBe(String(Buffer.byteLength(smallJson)))
    expect(text).toBe(smallJson)
  })

  test('returns JSON as the text that it is when it stands in the body of a POST', async () => {
    const body = '{"name":"Zoë ☕", "list":[1, 2]}'
    await using scene = await stage.open(client, {
      path: '/echo',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const { status, headers, text } = await scene.client.send()
    expect(status).toBe(200)
    expect(headerOf(headers, 'content-type')).toBe('application/json')
    expect(text).toBe(body)
  })

  test('uploads a body of 1 MB whole, twice', async () => {
    const body = textOfBytes(1_000_000)
    await using scene = await stage.open(client, {
      path: '/echo',
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body,
    })
    expect((await scene.client.send()).text === body).toBe(true)
    expect((await scene.client.send()).text === body).toBe(true)
  })

  test('sends 40 headers of the scenario, and for them not a byte more than they take', async () => {
    const headers = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x-extra-${at}`, `value ${at}`]))
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    await using bare = await stage.open(client)
    await using scene = await stage.open(client, { headers })
    await bare.client.send()
    await scene.client.send()
    const { bytesIn } = await bare.counters()
    expect(await scene.counters()).toMatchObject({ requests: 1, bytesIn: bytesIn + lines.join('').length })
  })

  test('reads a counted body of 1 MB whole', async () => {
    await using scene = await stage.open(client, { path: '/bytes/1000000' })
    expect((await scene.client.send()).text === textOfBytes(1_000_000)).toBe(true)
  })

  test('reads a chunked body of 1 MB whole', async () => {
    await using scene = await stage.open(client, { path: '/chunked/1000000' })
    const { headers, text } = await scene.client.send()
    expect(headerOf(headers, 'transfer-encoding')).toBe('chunked')
    expect(text === textOfBytes(1_000_000)).toBe(true)
  })

  test('reads the answer to HEAD, and an answer without content, as empty text', async () => {
    await using head = await stage.open(client, { method: 'HEAD' })
    await using noContent = await stage.open(client, { path: '/status/204' })
    for (let round = 0; round < 2; round++) {
      expect(await head.client.send()).toMatchObject({ status: 200, text: '' })
      expect(await noContent.client.send()).toMatchObject({ status: 204, text: '' })
    }
    // undici gives up the connection after HEAD, because some servers answer it with a body all the same.
    expect(await noContent.counters()).toMatchObject({ requests: 2, connections: 1 })
  })

  test('returns a status of 500 as a reply', async () => {
    await using scene = await stage.open(client, { path: '/status/500' })
    const { status, headers, text } = await scene.client.send()
    expect(status).toBe(500)
    expect(headerOf(headers, 'content-type')).toBe('application/json')
    expect(text).toBe('{"status":500}')
  })

  test('opens a new connection where the server ends each after its answer', async () => {
    await using server = await rawServer('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok')
    const opened = await openAt(client, { origin: server.origin })
    const replies = await Promise.all([opened.send(), opened.send(), opened.send()])
    expect(replies.map((reply) => reply.text)).toEqual(['ok', 'ok', 'ok'])
    await opened.close()
  })

  test('rejects when nobody listens', async () => {
    await using server = await rawServer('')
    await server[Symbol.asyncDispose]()
    const opened = await openAt(client, { origin: server.origin })
    await expect(opened.send()).rejects.toThrow()
    await opened.close()
  })

  test('rejects when the connection breaks off inside the body', async () => {
    await using server = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot a hundred')
    const opened = await openAt(client, { origin: server.origin })
    await expect(opened.send()).rejects.toThrow()
    await opened.close()
  })
})

test.each(['axios', 'axios-fetch', 'axios-default'])('it is %s itself that enforces the limit', async (name) => {
  await using scene = await stage.open(clientNamed(name), { path: '/chunked/200000', responseLimitBytes: 10_000 })
  await expect(scene.client.send()).rejects.toThrow('maxContentLength size of 10000 exceeded')
})

describe.each(clients.filter(({ decompresses }) => decompresses))('the client $name', (client) => {
  test('returns a compressed body as the text that it was', async () => {
    await using scene = await stage.open(client, { path: '/gzip/100000' })
    const { text } = await scene.client.send()
    expect(text === compressedJson(100_000).text).toBe(true)
    expect((await scene.counters()).bytesOut).toBeLessThan(25_000)
  })
})

describe.each(limited)('the client $name with a limit on responses', (client) => {
  test.each(['/bytes/20000', '/chunked/20000'])('rejects a larger body of %s', async (path) => {
    await using scene = await stage.open(client, { path, responseLimitBytes: 10_000 })
    await expect(scene.client.send()).rejects.toThrow()
  })

  test('returns a body of the limit', async () => {
    await using scene = await stage.open(client, { path: '/bytes/10000', responseLimitBytes: 10_000 })
    expect((await scene.client.send()).text).toHaveLength(10_000)
  })
})

/** A server that answers whatever comes with these bytes and hangs up. */
async function rawServer(answer: string): Promise<AsyncDisposable & { origin: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await once(server.close(), 'close')
    },
  }
}
