import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { http } from '../clients/http.ts'
import { wire } from '../clients/wire.ts'
import { type ScenarioOptions, scenario } from '../scenarios/scenario.ts'
import { routes, serverTarget } from '../scenarios/targets.ts'
import { testFolder } from '../trees/test-folder.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmCounts, ClientAddress } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'

/** A project with client code of its own, as people have it. */
const project = testFolder()
afterAll(() => project[Symbol.dispose]())

const file = (name: string, text: string): string => pathToFileURL(project.write(name, text)).href

const axios = JSON.stringify(import.meta.resolve('axios'))

beforeAll(() => {
  file('package.json', '{ "name": "shop", "version": "3.2.1" }')
  file(
    'src/api.ts',
    `export interface Item { readonly id: number }
export const getItem = async (origin: string, path: string): Promise<Response> => fetch(origin + path)
export class Shop {
  readonly #base: string
  constructor(base: string) { this.#base = base }
  async item(id: string): Promise<Item> {
    const response = await fetch(this.#base + '/items/' + id)
    if (!response.ok) throw new Error('the shop answered ' + response.status)
    return await response.json() as Item
  }
}
export async function login(base: string): Promise<(id: string) => Promise<Item>> {
  const { token } = await (await fetch(base + '/token', { method: 'POST' })).json() as { token: string }
  const headers = { authorization: 'Bearer ' + token }
  return async (id) => await (await fetch(base + '/items/' + id, { headers })).json() as Item
}
export const graphql = (endpoint: string) => async (query: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { data, errors } = await response.json() as { data: unknown, errors?: unknown[] }
  if (errors) throw new Error('GraphQL errors')
  return data
}
`,
  )
  file(
    'src/sdk.cjs',
    `const http = require('node:http')
exports.createSdk = ({ baseUrl }) => {
  const agent = new http.Agent({ keepAlive: true })
  return {
    item: (id) => new Promise((resolve, reject) => {
      http.get(baseUrl + '/items/' + id, { agent }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => { text += part }).on('end', () => resolve(JSON.parse(text)))
      }).on('error', reject)
    }),
    close: () => agent.destroy(),
  }
}
`,
  )
  file(
    'src/wrapper.mjs',
    `import axios from ${axios}
export function createWrapper(baseURL) {
  const client = axios.create({ baseURL })
  client.interceptors.request.use((config) => {
    config.headers.set('x-trace', 'fixed')
    return config
  })
  client.interceptors.response.use((response) => response.data, async (error) => {
    if ((error.config.retried ??= 0) >= 2) throw error
    error.config.retried++
    return client.request(error.config)
  })
  return client
}
`,
  )
  file(
    'src/server.mjs',
    `let asked = 0
export const sound = (request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: 42, url: request.url }))
}
export const throwing = (request, response) => {
  if (++asked > 20) throw new Error('out of stock')
  sound(request, response)
}
export const counting = (request, response) => response.end(String(asked++))
`,
  )
})

/** A client in a module of its own, whose `open(library, { origin, path })` has the given body. */
function clientWith(name: string, library: string, open: string, more = ''): ClientAddress {
  const module = file(
    `perf/${name}.mjs`,
    `export const client = { name: '${name}', league: 'as shipped', library: './src/${library}', ${more}
  async open(library, { origin, path }) { ${open} } }\n`,
  )
  return { module, exportName: 'client' }
}

const shop = routes([
  { method: 'POST', path: '/token', json: { token: 'abc' } },
  { path: '/items/42', json: { id: 42, name: 'gauge', tags: ['a', 'b'] } },
  { method: 'POST', path: '/graphql', json: { data: { item: { id: 42 } } } },
  { path: '/items/0', status: 404, json: { error: 'there is no item 0' } },
])

/** What the target counted for two arms of a client that made some batches and one window. */
async function measured(
  { module, exportName }: ClientAddress,
  options: Partial<ScenarioOptions> = {},
): Promise<readonly ArmCounts[]> {
  const job = {
    client: { module, exportName },
    scenario: scenario({ name: 'item', inFlight: 2, path: '/items/42', target: shop, ...options }),
    arms: [
      { name: 'current', tree: project.root },
      { name: 'reference', tree: project.root },
    ],
    seed: 1,
    warmUp: { by: 'batches', durationMs: 1 },
    requestTimeoutMs: 5_000,
  } as const
  await using measuring = await MeasuringProcess.prepare(job, new AbortController().signal)
  const { arms } = await measuring.blocks(20)
  const window = await measuring.window({ rampMs: 1, durationMs: 20 })
  const counts = await measuring.finish()
  expect(window.requests).toBeGreaterThan(0)
  for (const { batchUs } of arms) expect(batchUs.length).toBeGreaterThan(0)
  return counts
}

const close = 'close: () => {}'
const whole = 'const text = await response.text(); return { status: response.status, headers: response.headers, text }'

describe('a client of one’s own is measured that is', () => {
  test.each<[string, ClientAddress, Partial<ScenarioOptions>]>([
    [
      'a function',
      clientWith(
        'function',
        'api.ts',
        `return { async send() { const response = await library.getItem(origin, path); ${whole} }, ${close} }`,
      ),
      {},
    ],
    [
      'an instance of a class with a base address, which gives what it has parsed',
      clientWith(
        'class',
        'api.ts',
        `const shop = new library.Shop(origin); return { send: async () => ({ value: await shop.item('42') }), ${close} }`,
      ),
      {},
    ],
    [
      'an SDK in CommonJS',
      clientWith(
        'commonjs',
        'sdk.cjs',
        `const sdk = library.createSdk({ baseUrl: origin }); return { send: async () => ({ value: await sdk.item('42') }), close: () => sdk.close() }`,
      ),
      {},
    ],
    [
      'a function that a token was fetched for',
      clientWith(
        'token',
        'api.ts',
        `const item = await library.login(origin); return { send: async () => ({ value: await item('42') }), ${close} }`,
      ),
      {},
    ],
    [
      'a GraphQL client, which gives the data',
      clientWith(
        'graphql',
        'api.ts',
        `const ask = library.graphql(origin + '/graphql'); return { send: async () => ({ value: await ask('{ item { id } }') }), ${close} }`,
        'valueIn: ({ data }) => data,',
      ),
      { method: 'POST', path: '/graphql' },
    ],
    [
      'axios with interceptors and retries',
      clientWith(
        'wrapper',
        'wrapper.mjs',
        `const client = library.createWrapper(origin); return { send: async () => ({ value: await client.get(path) }), ${close} }`,
      ),
      {},
    ],
  ])(
    '%s',
    async (_, client, options) => {
      const [current, reference] = await measured(client, options)
      // Bytes and requests were compared with what was asked for; a token is none of it.
      expect(current).toMatchObject({ version: '3.2.1', parseErrors: 0 })
      expect(current?.requests).toBeGreaterThan(2)
      expect((current?.bytesIn ?? 0) / (current?.requests ?? 1)).toBe(
        (reference?.bytesIn ?? 0) / (reference?.requests ?? 1),
      )
    },
    20_000,
  )

  test('a retrying wrapper whose retries are no equal work, and says so', async () => {
    const client = clientWith(
      'retries',
      'wrapper.mjs',
      `const client = library.createWrapper(origin)
      return { send: async () => ({ value: await client.get('/items/0').catch((error) => error.response.data) }), ${close} }`,
    )
    await expect(measured(client, { path: '/items/0' })).rejects.toThrow(
      /^(current|reference): its first request came to the target as 3; /,
    )
  }, 20_000)

  test('a client that never reaches the target, and is told so', async () => {
    const cached = clientWith(
      'cached',
      'api.ts',
      `const value = await new library.Shop(origin).item('42'); return { send: async () => ({ value }), ${close} }`,
    )
    await expect(measured(cached)).rejects.toThrow(/: its first request never came to the target, /)
  }, 20_000)

  test('an SDK that throws, and whose error is told with arm and place', async () => {
    const client = clientWith(
      'throws',
      'api.ts',
      `const shop = new library.Shop(origin); return { send: async () => ({ value: await shop.item('0') }), ${close} }`,
    )
    const failure = measured(client, { path: '/items/0' })
    await expect(failure).rejects.toThrow(InvalidWorkError)
    await expect(failure).rejects.toThrow(
      /^(current|reference): failed in first request: Error: the shop answered 404$/,
    )
  }, 20_000)
})

describe('a server of one’s own', () => {
  const target = (exportName: string) =>
    serverTarget(pathToFileURL(path.join(project.root, 'perf/x.ts')).href, '../src/server.mjs', exportName)

  test.each([http, wire])(
    'is asked by $name for what the scenario says and nothing else',
    async (client) => {
      const [current] = await measured(client, { path: '/items?page=2', target: target('sound') })
      expect(current).toMatchObject({ connections: 2, parseErrors: 0 })
    },
    20_000,
  )

  test('speaks TLS where the scenario asks for it', async () => {
    const [current] = await measured(http, { target: target('sound'), secure: true })
    expect(current).toMatchObject({ connections: 2, fullHandshakes: expect.any(Number) })
    expect((current?.fullHandshakes ?? 0) + (current?.resumedHandshakes ?? 0)).toBe(2)
  }, 20_000)

  test('that throws while it is measured is told, and not what its clients notice', async () => {
    const failure = measured(http, { target: target('throwing') })
    await expect(failure).rejects.toThrow(InvalidWorkError)
    await expect(failure).rejects.toThrow(
      /^The target on 127\.0\.0\.1 failed: throwing in file:.*server\.mjs threw Error: out of stock$/,
    )
  }, 20_000)

  test('that answers equal requests differently is a usage error', async () => {
    const failure = measured(http, { target: target('counting') })
    await expect(failure).rejects.toThrow(UsageError)
    await expect(failure).rejects.toThrow(/the bodies differ at byte 0: "0", then "1"/)
  }, 20_000)
})
