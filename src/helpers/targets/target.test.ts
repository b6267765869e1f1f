import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { loopbackTls } from './loopback-tls.ts'
import { rawClient } from './raw-client.ts'
import { startTarget, type Target } from './target.ts'
import { TargetClosedError, TargetFailedError } from './target-error.ts'
import { untouched } from './test-counters.ts'

const get = 'GET /bytes/10 HTTP/1.1\r\nHost: a\r\n\r\n'
const answerLength = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\n'.length + 10

const portOf = (target: Target, index = 0): number => target.ports[index] ?? 0

/** Resolves when the target has seen so many connections open. */
async function opened(target: Target, count: number): Promise<void> {
  while ((await target.snapshot()).counters[0]?.openConnections !== count);
}

describe('the counters', () => {
  test('belong to one port each and agree with what went over the wire to the byte', async () => {
    await using target = await startTarget({ ports: 3 })
    expect(new Set(target.ports).size).toBe(3)
    using first = await rawClient(portOf(target, 0))
    using second = await rawClient(portOf(target, 2))
    await first.send(get)
    await first.receive(answerLength)
    await second.send(get + get)
    await second.receive(2 * answerLength)
    const one = { ...untouched, connections: 1, openConnections: 1, peakConnections: 1 }
    expect((await target.snapshot()).counters).toEqual([
      { ...one, requests: 1, bytesIn: get.length, bytesOut: answerLength },
      untouched,
      { ...one, requests: 2, bytesIn: 2 * get.length, bytesOut: 2 * answerLength },
    ])
  })

  test('begin anew after a reset, which reads them first and leaves open connections in the peak', async () => {
    await using target = await startTarget({ ports: 1 })
    using kept = await rawClient(portOf(target))
    const gone = await rawClient(portOf(target))
    await kept.send(`${get}nonsense\r\n`)
    await opened(target, 2)
    gone[Symbol.dispose]()
    await opened(target, 1)
    const before = await target.snapshot({ reset: true })
    expect(before.counters).toMatchObject([{ connections: 2, openConnections: 1, peakConnections: 2, requests: 1 }])
    const after = await target.snapshot()
    expect(after.counters).toEqual([{ ...untouched, openConnections: 1, peakConnections: 1 }])
  })

  test('come with clocks that run on', async () => {
    await using target = await startTarget({ ports: 1 })
    const before = await target.snapshot()
    const after = await target.snapshot()
    expect(before.cpuMs).toBeGreaterThan(0)
    expect(after.cpuMs).toBeGreaterThanOrEqual(before.cpuMs)
    expect(after.clockMs).toBeGreaterThan(before.clockMs)
  })

  test('come with the headers of the first request to each port when asked for', async () => {
    await using target = await startTarget({ ports: 2 })
    using client = await rawClient(portOf(target, 1))
    await client.send(get + get.replace('Host: a', 'Host: b'))
    await client.receive(2 * answerLength)
    expect((await target.snapshot({ headers: true })).headers).toEqual([[], [['host', 'a']]])
    expect(await target.snapshot()).not.toHaveProperty('headers')
  })

  test('are answered to each of several snapshots at once', async () => {
    await using target = await startTarget({ ports: 1 })
    using client = await rawClient(portOf(target))
    await client.send(get)
    await client.receive(answerLength)
    const both = await Promise.all([target.snapshot({ reset: true }), target.snapshot()])
    expect(both.map(({ counters }) => counters[0]?.requests)).toEqual([1, 0])
  })
})

describe('with TLS', () => {
  const { certificate: ca, key } = loopbackTls()

  async function secured(target: Target, session?: Buffer) {
    const options = { port: portOf(target), host: '127.0.0.1', ca, ...(session && { session }) }
    const socket = connectSecurely(options)
    socket.on('error', () => {})
    const ticket = once(socket, 'session') as Promise<[Buffer]>
    await once(socket, 'secureConnect')
    return { socket, ticket }
  }

  test('answers what it answers without', async () => {
    await using target = await startTarget({ ports: 1, tls: { certificate: ca, key } })
    const { socket } = await secured(target)
    socket.write(get)
    let received = ''
    for await (const chunk of socket.setEncoding('latin1')) {
      received += chunk
      if (received.length === answerLength) break
    }
    expect(received).toContain('HTTP/1.1 200 OK')
    expect((await target.snapshot()).counters).toMatchObject([
      { requests: 1, connections: 1, bytesIn: get.length, bytesOut: answerLength },
    ])
  })

  test('counts full handshakes and those that resume a session', async () => {
    await using target = await startTarget({ ports: 1, tls: { certificate: ca, key } })
    const first = await secured(target)
    const [session] = await first.ticket
    const second = await secured(target, session)
    expect(second.socket.isSessionReused()).toBe(true)
    await opened(target, 2)
    expect((await target.snapshot()).counters).toMatchObject([{ fullHandshakes: 1, resumedHandshakes: 1 }])
    for (const { socket } of [first, second]) socket.destroy()
  })

  test('goes on when a client does not trust the certificate', async () => {
    await using target = await startTarget({ ports: 1, tls: { certificate: ca, key } })
    const distrustful = connectSecurely({ port: portOf(target), host: '127.0.0.1' })
    await expect(once(distrustful, 'secureConnect')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const { socket } = await secured(target)
    await opened(target, 1)
    socket.destroy()
  })
})

describe('disposal', () => {
  test('closes connections and frees the port', async () => {
    const target = await startTarget({ ports: 1 })
    const port = portOf(target)
    using idle = await rawClient(port)
    using waiting = await rawClient(port)
    await waiting.send('GET /delay/60000 HTTP/1.1\r\nHost: a\r\n\r\n')
    await opened(target, 2)
    await target[Symbol.asyncDispose]()
    // Whether an end or a reset comes is the kernel's choice.
    await Promise.allSettled([idle.ended(), waiting.ended()])
    const refused = connect(port, '127.0.0.1')
    await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    server.close()
  })

  test('may be repeated', async () => {
    const target = await startTarget({ ports: 1 })
    await Promise.all([target[Symbol.asyncDispose](), target[Symbol.asyncDispose]()])
    await target[Symbol.asyncDispose]()
  })

  test('rejects snapshots under way and later ones', async () => {
    const target = await startTarget({ ports: 1 })
    const underWay = target.snapshot()
    const disposed = target[Symbol.asyncDispose]()
    await expect(underWay).rejects.toBeInstanceOf(TargetClosedError)
    await disposed
    await expect(target.snapshot()).rejects.toMatchObject({ code: 'TARGET_CLOSED' })
  })
})

describe('a start that cannot be', () => {
  test('is refused for a number of ports that is none', async () => {
    for (const ports of [0, -1, 1.5, Number.NaN]) {
      await expect(startTarget({ ports })).rejects.toBeInstanceOf(RangeError)
    }
  })

  test('rejects with what the thread threw', async () => {
    // More than an array can hold: the thread fails before it listens.
    const failure = await startTarget({ ports: 2 ** 40 }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TargetFailedError)
    expect(failure).toMatchObject({ code: 'TARGET_FAILED', cause: expect.any(RangeError) })
  })
})
