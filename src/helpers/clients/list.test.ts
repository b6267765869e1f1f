import { expect, test } from 'vitest'
import { clientNamed, clients } from './list.ts'
import { UnknownClientError } from './unknown-client-error.ts'

test('no two clients have one name', () => {
  const names = clients.map((client) => client.name)
  expect(new Set(names).size).toBe(names.length)
})

test.each(clients)('$name is exported by its module under the name that it gives', async (client) => {
  const exported: unknown = await import(client.module)
  expect(exported).toHaveProperty([client.exportName], client)
})

test.each(clients)('$name is found by its name', (client) => {
  expect(clientNamed(client.name)).toBe(client)
})

test.each(clients)('$name is a mock around one of the other clients, or none', ({ unmocked }) => {
  if (unmocked !== undefined) expect(clientNamed(unmocked).unmocked).toBeUndefined()
})

test('an unknown name is an error that lists the known ones', () => {
  const known =
    'wire, http, undici-dispatch, undici-stream, undici-request, undici-pipeline, undici-fetch, fetch, axios, ' +
    'axios-fetch, axios-undici, node-fetch, gateway-ping, gateway-blocking, gateway-pool, undici-default, axios-default, ' +
    'node-fetch-default, fetch-msw, axios-msw, node-fetch-msw, http-nock, axios-nock, node-fetch-nock, fetch-nock, ' +
    'undici-request-mock, undici-fetch-mock'
  expect(() => clientNamed('got')).toThrow(UnknownClientError)
  expect(() => clientNamed('got')).toThrow(
    expect.objectContaining({
      code: 'WIREGAUGE_UNKNOWN_CLIENT',
      message: `there is no client named "got"; the clients are ${known}`,
    }),
  )
})

test.each(clients.filter(({ route }) => route !== undefined))(
  '$name cannot be opened by itself',
  async ({ name, open }) => {
    const request = { origin: 'http://127.0.0.1:1', path: '/', method: 'GET', headers: {}, connections: 1 } as const
    expect(() => open(undefined, request)).toThrow(
      expect.objectContaining({
        code: 'WIREGAUGE_USAGE',
        message: `${name} is a route of a gateway and no client by itself; measure it under a scenario that loads one, such as gateway`,
      }),
    )
  },
)
