import { expect, test } from 'vitest'
import { isApplicable } from '../helpers/clients/applicable.ts'
import { clients } from '../helpers/clients/list.ts'
import { gateway } from '../helpers/scenarios/gateway.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import { isLeftOut } from './left-out.ts'

/** Clients that make sense under a scenario and are left out all the same. */
const leftOutUnder = (name: string): string[] => {
  const scenario = scenarios.find((each) => each.name === name)
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`)
  const sensible = clients.filter((client) => isApplicable(client, scenario))
  return sensible.filter((client) => isLeftOut(client, scenario)).map((client) => client.name)
}

test('every client is measured under the basic scenarios', () => {
  expect(leftOutUnder('small-4')).toEqual([])
})

test('variants of a client, and what comes with Node, are left out under most others', () => {
  expect(leftOutUnder('sequential')).toEqual(expect.arrayContaining(['undici-dispatch', 'axios-default']))
  expect(leftOutUnder('sequential')).not.toContain('http')
  expect(leftOutUnder('tls-16')).toEqual([
    'http',
    'undici-dispatch',
    'undici-stream',
    'undici-pipeline',
    'fetch',
    'axios-fetch',
  ])
  expect(leftOutUnder('post-10k')).toEqual(
    expect.arrayContaining(['undici-stream', 'undici-default', 'axios-default', 'node-fetch-default']),
  )
})

test('a gateway has few routes but those of the specs', () => {
  const routes = clients.filter((client) => isApplicable(client, gateway) && !isLeftOut(client, gateway))
  expect(routes.map(({ name }) => name)).toEqual(['gateway-ping'])
})

test('a mock is tried in each of its ways, and with every client where one handler answers', () => {
  const alike = ['node-fetch-msw', 'axios-nock', 'node-fetch-nock', 'undici-fetch-mock']
  expect(leftOutUnder('mock-handlers')).toEqual(alike)
  expect(leftOutUnder('mock-1')).toEqual([])
})

test('no scenario is left out with all its clients, unless specs measure it', () => {
  for (const scenario of scenarios.filter(({ name }) => name !== 'mock-retention')) {
    const measured = clients.filter((client) => isApplicable(client, scenario) && !isLeftOut(client, scenario))
    expect(measured, scenario.name).not.toEqual([])
  }
})
