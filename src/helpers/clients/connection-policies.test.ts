import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loopbackTls } from '../targets/loopback-tls.ts'
import { plainClients as clients, openAt, type Scene, Stage, sendMany } from './test-stage.ts'

const equalised = clients.filter(({ league }) => league === 'equalised')

let plain: Stage
let secure: Stage

beforeAll(async () => {
  plain = await Stage.set(clients.length)
  secure = await Stage.set(2 * equalised.length, loopbackTls())
})
afterAll(() => Promise.all([plain[Symbol.asyncDispose](), secure[Symbol.asyncDispose]()]))

/** Wave after wave, as a client sends under load. */
async function sendWaves(scene: Scene, waves: number, inFlight: number): Promise<void> {
  for (let wave = 0; wave < waves; wave++) await sendMany(scene, inFlight)
}

describe.each(equalised)('the equalised client $name', (client) => {
  test('keeps its connections over TLS, with one handshake each', async () => {
    await using scene = await secure.open(client, { connections: 4 })
    await sendWaves(scene, 5, 8)
    const { fullHandshakes, resumedHandshakes, ...counters } = await scene.counters()
    expect(counters).toMatchObject({ requests: 40, connections: 4, peakConnections: 4, parseErrors: 0 })
    expect(fullHandshakes + resumedHandshakes).toBe(4)
  })

  test('does not talk to a server whose certificate it was not told to trust', async () => {
    await using trusting = await secure.open(client)
    const distrustful = await openAt(client, { origin: trusting.origin })
    await expect(distrustful.send()).rejects.toThrow()
    await distrustful.close()
    expect((await trusting.counters()).requests).toBe(0)
  })

  test('opens a connection for every request where it is to keep none, and no more at once than it may', async () => {
    await using scene = await plain.open(client, { connections: 4, keepAlive: false })
    await sendWaves(scene, 5, 8)
    expect(await scene.counters()).toMatchObject({ requests: 40, connections: 40, parseErrors: 0 })
    await expect.poll(async () => (await scene.counters()).openConnections).toBe(0)
  })
})
