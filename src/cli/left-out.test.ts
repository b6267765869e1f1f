import { expect, test } from 'vitest'
import { clients } from '../helpers/clients/list.ts'
import { scenarios } from '../helpers/scenarios/list.ts'
import { isLeftOut } from './left-out.ts'

const leftOutUnder = (name: string): string[] =>
  clients.filter((client) => isLeftOut(client, { name })).map((client) => client.name)

test('every client is measured under the plain scenarios', () => {
  expect(leftOutUnder('small-4')).toEqual([])
})

test('other ways into a library are left out where they connect as its main one does', () => {
  expect(leftOutUnder('tls-16')).toEqual(['undici-dispatch', 'undici-stream', 'undici-pipeline', 'axios-fetch'])
})

test('no scenario is left out with all its clients', () => {
  for (const { name } of scenarios) expect(leftOutUnder(name).length).toBeLessThan(clients.length)
})
