import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { loadByAutocannon } from './autocannon-load.ts'
import type { LoadPlan } from './load-tool.ts'
import type { LoadedRoute } from './messages.ts'

const plan: LoadPlan = { tool: 'autocannon', connections: 2, rampMs: 0, windowMs: 10, wireBytes: 0 }

/** A service that answers every tenth request as it should, and all others with an error. */
async function startFailing() {
  const answered = { well: 0 }
  let asked = 0
  const server = createServer((_, response) => {
    if (++asked % 10 !== 0) return response.writeHead(502).end('bad gateway')
    answered.well++
    return response.end('good')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const route: LoadedRoute = {
    url: `http://127.0.0.1:${port}/`,
    expected: { status: 200, text: 'good' },
    requestTimeoutMs: 5_000,
  }
  return {
    route,
    answered,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('autocannon', () => {
  test('counts error replies as errors, and not as throughput', async () => {
    await using service = await startFailing()
    const running = await loadByAutocannon(service.route, plan)
    await expect.poll(() => service.answered.well).toBeGreaterThan(20)
    const { requests, statusErrors } = await running.end(0)
    expect(requests).toBeGreaterThan(0)
    expect(requests).toBeLessThanOrEqual(service.answered.well)
    expect(statusErrors).toBeGreaterThan(service.answered.well)
  })

  test('is busy while it is blocked, though its thread is on no core then', async () => {
    await using service = await startFailing()
    const running = await loadByAutocannon(service.route, plan)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    const { generatorBusy } = await running.end(0)
    expect(generatorBusy).toBeCloseTo(1, 6)
  })
})
