// @module-tag wide
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { axios } from '../clients/axios.ts'
import { axiosMsw } from '../clients/mocks/msw.ts'
import { httpNock } from '../clients/mocks/nock.ts'
import { undiciRequestMock } from '../clients/mocks/undici.ts'
import { mock1, mockHandlers, mockPassthrough, mockRestored } from '../scenarios/mocks.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmCounts, ClientAddress } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-mocked-'))
afterAll(() => rmSync(folder, { recursive: true }))

const root = path.resolve(import.meta.dirname, '../../..')

/** What the target counted for a client that was warmed up and loaded for a moment, at each point of a sweep. */
async function countsOf(
  { module, exportName }: ClientAddress,
  scenario: Scenario,
): Promise<ArmCounts & { made: number }> {
  const job = {
    client: { module, exportName },
    scenario,
    arms: [{ name: 'client', tree: root }],
    seed: 1,
    warmUp: { by: 'window', durationMs: 30 },
    requestTimeoutMs: 5_000,
  } as const
  await using measuring = await MeasuringProcess.prepare(job, new AbortController().signal)
  let made = 0
  const points = scenario.load?.kind === 'sweep' ? scenario.load.points : [undefined]
  for (const point of points) {
    const span = { rampMs: 5, durationMs: 30 }
    made += (await measuring.window(point === undefined ? span : { ...span, point })).requests
  }
  const [counts] = await measuring.finish()
  if (counts === undefined) throw new Error('there are no counts')
  return { ...counts, made }
}

describe.each([axiosMsw, httpNock, undiciRequestMock])('the client $name', (client) => {
  test('is answered by its mock without the target, its first request included', async () => {
    const counts = await countsOf(client, mock1)
    expect(counts.made).toBeGreaterThan(0)
    expect(counts).toMatchObject({ requests: 0, connections: 0, bytesIn: 0, bytesOut: 0 })
    expect(counts.version).toMatch(/^\d+\.\d+\.\d+/)
  }, 20_000)

  test('is answered at every point of a sweep over handlers', async () => {
    const load = { kind: 'sweep', over: 'handlers', points: [1, 100] } as const
    const counts = await countsOf(client, { ...mockHandlers, load })
    expect(counts).toMatchObject({ requests: 0, connections: 0 })
  }, 20_000)

  test.each([mockPassthrough, mockRestored])(
    'reaches the target with every request of $name',
    async (scenario) => {
      // `finish` compares the counters with what was asked for.
      const counts = await countsOf(client, scenario)
      expect(counts.requests).toBeGreaterThan(counts.made)
      expect(counts.connections).toBeLessThanOrEqual(8)
    },
    20_000,
  )
})

test('an unmocked client is measured under the scenario of a mock as ever', async () => {
  const counts = await countsOf(axios, mock1)
  expect(counts.requests).toBeGreaterThan(counts.made)
}, 20_000)

test('a mock that lets one request through makes the measurement invalid', async () => {
  const file = path.join(folder, 'leaky.mjs')
  writeFileSync(
    file,
    `import { axiosMsw } from ${JSON.stringify(axiosMsw.module)}
    import net from 'node:net'
    const { connect } = net.Socket.prototype
    export const leaky = { ...axiosMsw, async open(library, request) {
      const mocked = await axiosMsw.open(library, request)
      const { hostname, port } = new URL(request.origin)
      let sent = 0
      const leak = () => new Promise((resolve) => {
        const socket = connect.call(new net.Socket(), { host: hostname, port })
        socket.end('GET /json HTTP/1.1\\r\\nhost: a\\r\\nconnection: close\\r\\n\\r\\n')
        socket.resume().on('close', resolve)
      })
      return { ...mocked, async send() {
        if (sent++ === 0) await leak()
        return await mocked.send()
      } }
    } }`,
  )
  const client = { module: pathToFileURL(file).href, exportName: 'leaky' }
  await expect(countsOf(client, mock1)).rejects.toThrow(
    /^client: \d+ requests were to be answered by the mock, the target got 1 over 1 connections$/,
  )
  await expect(countsOf(client, mock1)).rejects.toThrow(InvalidWorkError)
}, 20_000)
