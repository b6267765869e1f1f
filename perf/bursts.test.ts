// @module-tag wide
import { describe, expect, test } from 'vitest'
import {
  axios,
  axiosUndici,
  burst512,
  burst512Tls,
  burst512Warm,
  type Client,
  measure,
  nodeFetch,
  sweep,
  undiciFetch,
  undiciRequest,
} from '../src/helpers/index.ts'

const scaling = { tolerates: '43 %', catches: '79 %' } as const
const reach = { tolerates: '36 %', catches: '72 %' } as const

/** One test a client. */
function forEach(clients: readonly Client[], measureAndState: (client: Client) => Promise<void>): void {
  for (const client of clients) test(client.name, () => measureAndState(client))
}

/** The slow client is held against the fast one, and on the fast transport against itself. */
function besideOf(client: Client): Client {
  return client.name === 'axios' ? undiciRequest : axios
}

describe('512 requests at once, of a fresh client', () => {
  forEach([undiciRequest, undiciFetch, nodeFetch], async (client) => {
    const result = await measure(client, burst512, { rounds: 4 })
    await expect(result).toReach('http', reach)
  })

  forEach([axios, axiosUndici], async (client) => {
    const beside = besideOf(client)
    const result = await measure(client, burst512, { beside: [beside], rounds: 4 })
    await expect(result).toReach('http', reach)
    await expect(result).toReach(beside.name, reach)
  })
})

describe('512 requests at once, of a client that is kept', () => {
  forEach([undiciRequest, undiciFetch, nodeFetch], async (client) => {
    const result = await measure(client, burst512Warm, { rounds: 4 })
    await expect(result).toReach('http', reach)
    await expect(result).toCost({ connections: 100 })
  })

  forEach([axios, axiosUndici], async (client) => {
    const beside = besideOf(client)
    const result = await measure(client, burst512Warm, { beside: [beside], rounds: 4 })
    await expect(result).toReach('http', reach)
    await expect(result).toReach(beside.name, reach)
    await expect(result).toCost({ connections: 100 })
  })
})

describe('512 pages of 50 kB at once, over TLS, after 30 ms', () => {
  forEach([undiciRequest, axios, axiosUndici], async (client) => {
    const result = await measure(client, burst512Tls, { rounds: 4 })
    await expect(result).toReach('http', reach)
    await expect(result).toCost({ responseBytes: 'unchanged' })
  })
})

describe('from 1 to 1,024 in flight', () => {
  forEach([undiciRequest, undiciFetch, axios, axiosUndici, nodeFetch], async (client) => {
    const result = await measure(client, sweep)
    await expect(result).toScale({ from: 16, to: 64 }, scaling)
    await expect(result).toScale({ from: 16, to: 512 }, scaling)
    await expect(result).toScale({ from: 64, to: 1_024 }, scaling)
    await expect(result).toCost({ connections: 100 })
  })
})
