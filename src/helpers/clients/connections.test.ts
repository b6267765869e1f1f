import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainClients as clients, openAt, referenceTree, Stage, sendMany } from './test-stage.ts'

const equalised = clients.filter((client) => client.league === 'equalised')
const asShipped = clients.filter((client) => client.league === 'as shipped')

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set(20 * clients.length)
})
afterAll(() => stage[Symbol.asyncDispose]())

describe.each(clients)('the client $name', (client) => {
  test('leaves no connection open when it is closed', async () => {
    await using scene = await stage.open(client, { connections: 4 })
    await sendMany(scene, 4)
    expect((await scene.counters()).openConnections).toBeGreaterThan(0)
    await scene.client.close()
    await expect.poll(async () => (await scene.counters()).openConnections, { timeout: 10_000 }).toBe(0)
  })
})

describe.each(equalised)('the equalised client $name', (client) => {
  test('sends 20 requests one after the other over one connection', async () => {
    await using scene = await stage.open(client)
    for (let sent = 0; sent < 20; sent++) await sendMany(scene, 1)
    expect(await scene.counters()).toMatchObject({ requests: 20, connections: 1, parseErrors: 0 })
  })

  test('keeps 8 requests at once to 4 connections, round after round', async () => {
    await using scene = await stage.open(client, { connections: 4 })
    for (let round = 0; round < 5; round++) await sendMany(scene, 8)
    expect(await scene.counters()).toMatchObject({ requests: 40, connections: 4, peakConnections: 4 })
  })

  test('keeps 300 connections from one burst to the next', async () => {
    await using scene = await stage.open(client, { connections: 300 })
    await sendMany(scene, 300)
    await sendMany(scene, 300)
    expect(await scene.counters()).toMatchObject({ requests: 600, connections: 300 })
  })

  test('shares no connection with the copy of the reference tree at the same address', async () => {
    await using scene = await stage.open(client)
    const reference = await openAt(client, { origin: scene.origin }, referenceTree)
    await scene.client.send()
    await reference.send()
    expect(await scene.counters()).toMatchObject({ requests: 2, connections: 2, openConnections: 2 })
    await reference.close()
    await sendMany(scene, 1)
    expect(await scene.counters()).toMatchObject({ requests: 3, connections: 2 })
  })
})

describe.each(asShipped)('the client $name, as shipped,', (client) => {
  test('keeps connections alive from one request to the next', async () => {
    await using scene = await stage.open(client)
    for (let sent = 0; sent < 20; sent++) await sendMany(scene, 1)
    const { requests, connections } = await scene.counters()
    expect(requests).toBe(20)
    // Without a cap undici may open a second one: the first is not free yet when its response resolves.
    expect(connections).toBeLessThanOrEqual(client.name === 'undici-default' ? 2 : 1)
  })

  test('opens a connection for every request at once, whatever the scenario allows', async () => {
    await using scene = await stage.open(client, { connections: 4 })
    await sendMany(scene, 8)
    expect(await scene.counters()).toMatchObject({ requests: 8, connections: 8 })
  })

  test('can be opened again after it was closed', async () => {
    const first = await stage.open(client)
    await first.client.close()
    await using second = await stage.open(client)
    await sendMany(second, 1)
  })
})
