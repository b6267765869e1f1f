import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { Pool } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { smallJson, textOfBytes } from './answers.ts'
import type { TargetCounters } from './counters.ts'
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

describe('node:http as the client', () => {
  const send = (path: string, method: string, agent: Agent, body?: string[]): Promise<[IncomingMessage, string]> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest({ port, host: '127.0.0.1', path, method, agent }, (response) => {
        text(response).then((got) => resolve([response, got]), reject)
      })
      outgoing.on('error', reject)
      for (const part of body ?? []) outgoing.write(part)
      outgoing.end()
    })

  test('keeps one connection over all kinds of answers', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const seen: unknown[] = []
    for (const [method, path, body] of [
      ['GET', '/json'],
      ['HEAD', '/bytes/100'],
      ['GET', '/chunked/100'],
      ['GET', '/status/204'],
      ['GET', '/status/304'],
      ['POST', '/echo', ['a', 'b'.repeat(100_000)]],
      ['DELETE', '/json'],
      ['GET', '/bytes/1000000'],
    ] as const) {
      const [response, got] = await send(path, method, agent, body === undefined ? undefined : [...body])
      seen.push([response.statusCode, got])
    }
    expect(seen).toEqual([
      [200, smallJson],
      [200, ''],
      [200, textOfBytes(100)],
      [204, ''],
      [304, ''],
      [200, `a${'b'.repeat(100_000)}`],
      [405, '{"status":405}'],
      [200, textOfBytes(1_000_000)],
    ])
    expect(await counters()).toMatchObject({ connections: 1, requests: 8, parseErrors: 0 })
    agent.destroy()
  })

  test('gets a connection for each request when it keeps none', async () => {
    const agent = new Agent({ keepAlive: false })
    for (const _ of [1, 2, 3]) expect((await send('/json', 'GET', agent))[1]).toBe(smallJson)
    expect(await counters()).toMatchObject({ connections: 3, requests: 3 })
  })
})

test('undici gets every answer over as many connections as it has', async () => {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 8, pipelining: 4 })
  const path = (n: number): string => ['/json', '/bytes/70000', '/chunked/20', '/delay/2/bytes/7'][n % 4] ?? ''
  const got = await Promise.all(
    Array.from({ length: 400 }, async (_, n) => {
      const { body } = await pool.request({ path: path(n), method: 'GET' })
      return await body.text()
    }),
  )
  const wanted = [smallJson, textOfBytes(70_000), textOfBytes(20), textOfBytes(7)]
  expect(got.every((body, n) => body === wanted[n % 4])).toBe(true)
  expect(await counters()).toMatchObject({ connections: 8, peakConnections: 8, requests: 400, parseErrors: 0 })
  await pool.destroy()
})
