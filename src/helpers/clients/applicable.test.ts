import { expect, test } from 'vitest'
import { burst512, sweep } from '../scenarios/bursts.ts'
import { gzip100k, noKeepAlive, tls16 } from '../scenarios/connections.ts'
import { gateway } from '../scenarios/gateway.ts'
import { download1mLimit, smallJson } from '../scenarios/list.ts'
import { mock1, mockRegexp, mockScopes } from '../scenarios/mocks.ts'
import { scenario } from '../scenarios/scenario.ts'
import { routes } from '../scenarios/targets.ts'
import { isApplicable } from './applicable.ts'
import { clients as all } from './list.ts'

const mocked = all.filter(({ unmocked }) => unmocked !== undefined)
const clients = all.filter(({ unmocked, route }) => unmocked === undefined && route === undefined)

const leftOutUnder = (scenario: Parameters<typeof isApplicable>[1]): string[] =>
  clients.filter((client) => !isApplicable(client, scenario)).map(({ name }) => name)

const asShipped = clients.filter(({ league }) => league === 'as shipped').map(({ name }) => name)

test('plain scenarios are for every client but those with a mock', () => {
  expect(mocked.filter((client) => isApplicable(client, smallJson({ inFlight: 4 })))).toEqual([])
  expect(leftOutUnder(smallJson({ inFlight: 4 }))).toEqual([])
})

test('a limit on responses is for clients that have one', () => {
  const limited = clients.filter(({ limitsResponses }) => limitsResponses).map(({ name }) => name)
  expect(limited).toEqual(['axios', 'axios-fetch', 'axios-undici', 'axios-default'])
  expect(leftOutUnder(download1mLimit)).toHaveLength(clients.length - limited.length)
})

test('compressed bodies are for clients that decompress them, be they of a route', () => {
  const recorded = { path: '/items', body: '', headers: { 'content-encoding': 'identity' } }
  const compressed = scenario({ name: 'recorded', inFlight: 1, path: '/items', target: routes([recorded]) })
  expect(leftOutUnder(compressed)).toEqual(leftOutUnder(gzip100k))
  expect(leftOutUnder({ ...compressed, path: '/json' })).toEqual([])
  expect(leftOutUnder(gzip100k)).toEqual([
    'wire',
    'undici-dispatch',
    'undici-stream',
    'undici-request',
    'undici-pipeline',
    'undici-default',
  ])
})

test.each([tls16, noKeepAlive])('$name is not for clients as shipped, which can be told neither', (scenario) => {
  expect(leftOutUnder(scenario)).toEqual(asShipped)
})

test.each([burst512, sweep])(
  '$name is not for clients as shipped, which have no cap, and not for the limit',
  (scenario) => {
    expect(leftOutUnder(scenario)).toEqual(['wire', ...asShipped])
  },
)

test('mocks are for the clients that have one, and what only nock knows is for nock', () => {
  expect(clients.filter((client) => isApplicable(client, mock1))).toEqual([])
  expect(mocked.filter((client) => !isApplicable(client, mock1))).toEqual([])
  for (const scenario of [mockScopes, mockRegexp]) {
    expect(new Set(mocked.filter((client) => isApplicable(client, scenario)).map(({ library }) => library))).toEqual(
      new Set(['nock']),
    )
  }
})

test('routes that only a gateway has are for scenarios that load one, where a client as shipped trusts no upstream', () => {
  const routes = all.filter(({ route }) => route !== undefined)
  expect(routes.map((client) => isApplicable(client, gateway))).toEqual([true, true, true])
  expect(routes.map((client) => isApplicable(client, tls16))).toEqual([false, false, false])
  expect(leftOutUnder(gateway)).toEqual(['wire', ...asShipped])
})
