import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import type { ClientRequest } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { rawClient } from './raw-client.ts'
import { startTarget } from './target.ts'
import type { MswSource } from './target-source.ts'
import { ModuleFolder } from './test-module.ts'

const modules = new ModuleFolder()

// A package of its own folder, as the handlers of a project find theirs.
const module = new URL('./test-msw-handlers.ts', import.meta.url).href

const source = (exportName: string, origin = 'https://api.example.com'): MswSource => ({
  kind: 'msw',
  module,
  exportName,
  origin,
})

test.each<[string, Partial<ClientRequest>, object]>([
  [
    'an absolute address',
    { path: '/items/42?expand=all' },
    { status: 200, contentType: 'application/json', text: '{"id":"42","expand":"all","host":"api.example.com"}' },
  ],
  ['a relative address', { path: '/relative' }, { status: 200, contentType: 'text/plain', text: 'relative' }],
  [
    'another method, with its body',
    { path: '/items', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Zoë"}' },
    { status: 201, contentType: 'application/json', text: '{"made":"Zoë"}' },
  ],
  [
    'GraphQL',
    {
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query Item { item { id } }' }),
    },
    { status: 200, contentType: 'application/json', text: '{"data":{"item":{"id":42}}}' },
  ],
  ['no body', { path: '/items/42', method: 'DELETE' }, { status: 204, contentType: undefined, text: '' }],
  [
    'a handler that throws',
    { path: '/throws' },
    { status: 500, contentType: 'application/json', text: '{"message":"the handler is broken"}' },
  ],
])('msw answers %s over the wire', async (_, request, answer) => {
  await using target = await startTarget({ ports: 1, source: source('handlers') })
  const asked: ClientRequest = {
    origin: `http://127.0.0.1:${target.ports[0]}`,
    path: '/',
    method: 'GET',
    headers: {},
    connections: 1,
    ...request,
  }
  expect(await target.answerTo(asked)).toEqual(answer)
  const client = await http.open(undefined, asked)
  const reply = await client.send()
  await client.close()
  const { status, text } = answer as { status: number; text: string }
  expect(reply).toMatchObject({ status, text })
  expect((await target.snapshot()).counters).toMatchObject([{ requests: 1, connections: 1, parseErrors: 0 }])
})

test('cookies come one by one, and a network error breaks the connection off', async () => {
  await using target = await startTarget({ ports: 1, source: source('handlers') })
  using client = await rawClient(target.ports[0] ?? 0)
  await client.send('GET /cookies HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(await client.ended()).toMatch(/\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n/)
  using other = await rawClient(target.ports[0] ?? 0)
  await other.send('GET /error HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await other.ended()).toBe('')
})

describe('what msw cannot answer is an error:', () => {
  test.each(['/nowhere', '/passed'])('the request for %s, which no handler answers', async (path) => {
    await using target = await startTarget({ ports: 1, source: source('handlers') })
    await expect(target.answerTo({ method: 'GET', path, headers: {} })).rejects.toThrow(
      new UsageError(
        `no handler of handlers in ${module} answers GET ${path}; the handlers' \`origin\` may be another`,
      ),
    )
  })

  test('another origin than the handlers know', async () => {
    await using target = await startTarget({ ports: 1, source: source('handlers', 'https://api.example.org') })
    await expect(target.answerTo({ method: 'GET', path: '/items/42', headers: {} })).rejects.toThrow(UsageError)
  })

  test('a handler that answers once', async () => {
    await using target = await startTarget({ ports: 1, source: source('handlers') })
    await expect(target.answerTo({ method: 'GET', path: '/once', headers: {} })).rejects.toThrow(
      /^two equal requests, GET \/once, are answered differently by handlers in /,
    )
  })

  test('an export that is no list', async () => {
    await expect(startTarget({ ports: 1, source: source('handler') })).rejects.toThrow(
      new UsageError(`handler in ${module} is no list of msw handlers: expected [http.get(…), …]`),
    )
  })

  test('a project without msw', async () => {
    const alone = modules.write('alone.mjs', 'export const handlers = [{}]\n')
    const failure = startTarget({ ports: 1, source: { ...source('handlers'), module: alone } })
    await expect(failure).rejects.toThrow(UsageError)
    await expect(failure).rejects.toThrow(`handlers in ${alone} cannot be started: Cannot find module 'msw'`)
  })
})
