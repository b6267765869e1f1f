import nodeHttp from 'node:http'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MockSetup } from '../../scenarios/mock-setup.ts'
import { expectedAnswer, smallJson } from '../../targets/answers.ts'
import type { Client, ClientRequest } from '../contract.ts'
import { headerOf } from '../header.ts'
import { clientNamed, clients } from '../list.ts'
import { type Scene, Stage, sendMany } from '../test-stage.ts'
import { UnusedMockError } from './unused-mock-error.ts'

const mocked = clients.filter(({ unmocked }) => unmocked !== undefined)
const answered: MockSetup = { handlers: 10, requests: 'answered' }
const passedThrough: MockSetup = { handlers: 10, requests: 'passed through' }

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set(30 * mocked.length)
})
afterAll(() => stage[Symbol.asyncDispose]())

/** A mocked client is open alone in this process, so that each has to be disposed of before the next is opened. */
function openMocked(client: Client, mock: MockSetup, request: Partial<ClientRequest> = {}): Promise<Scene> {
  const asked = { path: '/json?12ab', method: 'GET', headers: {}, connections: 4, ...request } as const
  return stage.open(client, { ...asked, mock, answer: expectedAnswer(asked) })
}

const untouched = { requests: 0, connections: 0, bytesIn: 0 }

describe.each(mocked)('the client $name', (client) => {
  test.each([1, 10, 100])('is answered by the last of %i handlers, and the target sees nothing', async (handlers) => {
    await using scene = await openMocked(client, { ...answered, handlers })
    const { status, headers, text } = await scene.client.send()
    expect(status).toBe(200)
    expect(headerOf(headers, 'content-type')).toBe('application/json')
    expect(text).toBe(smallJson)
    await sendMany(scene, 8)
    expect(await scene.counters()).toMatchObject(untouched)
  })

  test.each<[string, Partial<ClientRequest>]>([
    ['another status', { path: '/status/500?12ab' }],
    ['no content', { path: '/status/204?12ab' }],
    ['HEAD', { method: 'HEAD' }],
    [
      'a body that was posted',
      { path: '/echo?12ab', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Zoë"}' },
    ],
  ])('is answered by the mock as by the target: %s', async (_, request) => {
    await using scene = await openMocked(client, answered, request)
    const expected = expectedAnswer({ path: '/json?12ab', method: 'GET', headers: {}, ...request })
    for (let round = 0; round < 2; round++) {
      const { status, headers, text } = await scene.client.send()
      expect({ status, contentType: headerOf(headers, 'content-type'), text }).toEqual(expected)
    }
    expect(await scene.counters()).toMatchObject(untouched)
  })

  test('is answered where the paths are regular expressions', async () => {
    await using scene = await openMocked(client, { ...answered, regularExpressions: true })
    await sendMany(scene, 8)
    expect(await scene.counters()).toMatchObject(untouched)
  })

  test.each([0, 10])('reaches the target past %i handlers, over connections that it keeps', async (handlers) => {
    await using bare = await stage.open(clientNamed(client.unmocked ?? ''), { path: '/json?12ab' })
    await bare.client.send()
    const { bytesIn } = await bare.counters()
    await bare.client.close()

    await using scene = await openMocked(client, { ...passedThrough, handlers })
    for (let round = 0; round < 5; round++) await sendMany(scene, 4)
    const seen = await scene.counters()
    expect(seen).toMatchObject({ requests: 20, bytesIn: bytesIn * 20 })
    expect(seen.connections).toBeLessThanOrEqual(4)
  })

  test('reaches the target once its mock was used and taken away, and before that never', async () => {
    await using scene = await openMocked(client, { ...answered, restored: true })
    expect(await scene.counters()).toMatchObject(untouched)
    for (let round = 0; round < 5; round++) await sendMany(scene, 4)
    const seen = await scene.counters()
    expect(seen.requests).toBe(20)
    expect(seen.connections).toBeLessThanOrEqual(4)
  })

  test('says so when the mock that was to be used did not answer', async () => {
    const request = { path: '/json?12ab', method: 'GET', headers: {}, connections: 1 } as const
    const answer = { status: 200, contentType: 'text/plain', text: 'from the mock' }
    const mock: MockSetup = { ...passedThrough, restored: true }
    await expect(stage.open(client, { ...request, mock, answer })).rejects.toThrow(UnusedMockError)
    expect(patched()).toEqual(unpatched)
  })

  test('leaves nothing of its mock when it is closed', async () => {
    const scene = await openMocked(client, answered)
    await sendMany(scene, 8)
    await scene.client.close()
    expect(patched()).toEqual(unpatched)

    await using bare = await stage.open(clientNamed(client.unmocked ?? ''))
    await sendMany(bare, 2)
    expect((await bare.counters()).requests).toBe(2)
  })

  test('leaves no connection open when it is closed', async () => {
    const scene = await openMocked(client, passedThrough)
    await sendMany(scene, 4)
    await scene.client.close()
    await expect.poll(async () => (await scene.counters()).openConnections).toBe(0)
  })

  test('sets up no mock for a scenario without one', async () => {
    await using scene = await stage.open(client)
    expect(patched()).toEqual(unpatched)
    await sendMany(scene, 2)
    expect((await scene.counters()).requests).toBe(2)
  })
})

test.each(['http-nock', 'axios-nock', 'node-fetch-nock', 'fetch-nock'])(
  '%s is answered where each interceptor has a scope of its own',
  async (name) => {
    await using scene = await openMocked(clientNamed(name), { ...answered, scopes: 'each' })
    await sendMany(scene, 8)
    expect(await scene.counters()).toMatchObject(untouched)
  },
)

/** What mock libraries put their own things in the place of. */
function patched() {
  return {
    fetch: globalThis.fetch,
    request: nodeHttp.request,
    ClientRequest: nodeHttp.ClientRequest,
    connect: net.Socket.prototype.connect,
  }
}

const unpatched = patched()
