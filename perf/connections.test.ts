// @module-tag wide
import { describe, expect, test } from 'vitest'
import {
  axios,
  axiosUndici,
  type Client,
  delay5ms,
  fetchClient,
  gzip100k,
  http,
  idle,
  measure,
  nodeFetch,
  noKeepAlive,
  type Scenario,
  type Thresholds,
  tls16,
  undiciFetch,
  undiciRequest,
} from '../src/helpers/index.ts'

/** What a client does to its connections is held against the control; beside its reference it stands in specs of its own. */
const unpaired = { paired: false } as const

const reach = { tolerates: '34 %', catches: '68 %' } as const

/** A client allocates in modes that last a process, and some change theirs with how the machine goes. */
const steady = { tolerates: '8.1 %', catches: '25 %' } as const
const moody = { tolerates: '17 %', catches: '54 %' } as const

/** As allocation scattered at tuning, by client and scenario. */
function allocationOf(client: Client, scenario: Scenario): Thresholds {
  const isMoody =
    (client === nodeFetch && [tls16, delay5ms].includes(scenario)) ||
    (client === undiciFetch && [delay5ms, noKeepAlive].includes(scenario)) ||
    (client === fetchClient && scenario === tls16) ||
    ([undiciRequest, axiosUndici].includes(client) && scenario === noKeepAlive)
  return isMoody ? moody : steady
}

/** One test a client. */
function forEach(clients: readonly Client[], measureAndState: (client: Client) => Promise<void>): void {
  for (const client of clients) test(client.name, () => measureAndState(client))
}

describe('over TLS, 16 in flight', () => {
  test('http', async () => {
    const result = await measure(http, tls16, unpaired)
    await expect(result).toCost({ connections: 16, fullHandshakes: 1, allocatedBytes: steady })
  })

  forEach([undiciRequest, undiciFetch, fetchClient, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, tls16, unpaired)
    await expect(result).toReach('http', reach)
    await expect(result).toCost({ connections: 16, fullHandshakes: 1, allocatedBytes: allocationOf(client, tls16) })
  })
})

describe('answers after 5 ms, 64 in flight', () => {
  forEach([undiciRequest, undiciFetch, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, delay5ms, unpaired)
    await expect(result).toReach('http', reach)
    await expect(result).toCost({ connections: 64, allocatedBytes: allocationOf(client, delay5ms) })
  })
})

describe('after 20 ms of idling', () => {
  forEach([undiciRequest, undiciFetch, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, idle, { underLoad: false })
    await expect(result).toKeepUpWith('reference', { tolerates: '12 %', catches: '28 %' })
    await expect(result).toHoldItsTail({ 'over 10 ×': { tolerates: '4 %', catches: '10 %' } })
  })
})

describe('a connection for every request, 16 in flight', () => {
  forEach([undiciRequest, undiciFetch, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, noKeepAlive, unpaired)
    await expect(result).toReach('http', reach)
    await expect(result).toCost({
      connectionsPerRequest: 1,
      requestBytes: 'unchanged',
      allocatedBytes: allocationOf(client, noKeepAlive),
    })
  })
})

describe('JSON of 100 kB, compressed', () => {
  forEach([undiciFetch, fetchClient, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, gzip100k, unpaired)
    await expect(result).toReach('http', reach)
    await expect(result).toCost({ connections: 4, responseBytes: 'unchanged', allocatedBytes: steady })
  })
})
