import { expect, test } from 'vitest'
import { isApplicable } from '../helpers/clients/applicable.ts'
import { clients } from '../helpers/clients/list.ts'
import { gateway } from '../helpers/scenarios/gateway.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import { isLeftOut } from './left-out.ts'

const leftOutUnder = (name: string): string[] =>
  clients.filter((client) => isLeftOut(client, { name })).map((client) => client.name)

test('every client is measured under the basic scenarios', () => {
  expect(leftOutUnder('small-4')).toEqual([])
})

test('variants of a client are left out under the others', () => {
  expect(leftOutUnder('tls-16')).toEqual([
    'undici-dispatch',
    'undici-stream',
    'undici-pipeline',
    'axios-fetch',
    'undici-default',
    'axios-default',
    'node-fetch-default',
  ])
})

test('a gateway has few routes but those of the specs', () => {
  const routes = clients.filter((client) => isApplicable(client, gateway) && !isLeftOut(client, gateway))
  expect(routes.map(({ name }) => name)).toEqual(['http', 'gateway-ping'])
})

test('no scenario but that of a tool which may not be installed is left out with all its clients', () => {
  for (const scenario of scenarios.filter(({ name }) => name !== 'gateway-wrk')) {
    const measured = clients.filter((client) => isApplicable(client, scenario) && !isLeftOut(client, scenario))
    expect(measured, scenario.name).not.toEqual([])
  }
})
