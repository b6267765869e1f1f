import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Client } from '../helpers/clients/contract.ts'
import type { Scenario } from '../helpers/scenarios/scenario.ts'

/** Scenarios under which a client in every one of its ways is measured: one request at a time, few at once, and many. */
const basic = ['sequential', 'small-4', 'small-64']

/** Other ways into a library that connect as its main one does, and what is the same library as shipped. */
const variants = [
  'undici-dispatch',
  'undici-stream',
  'undici-pipeline',
  'axios-fetch',
  'undici-default',
  'axios-default',
  'node-fetch-default',
]

/** Clients with a mock that sees their requests in the way in which it sees another's. */
const mockedAlike = ['node-fetch-msw', 'axios-nock', 'node-fetch-nock', 'undici-fetch-mock']

/** Routes of a gateway beside those of the specs: how a route serves is a matter of what its handler does. */
const routes = ['http', 'gateway-ping']

/**
 * Whether a run of everything leaves out a client under a scenario, where no spec measures it: it is to take less than 25
 * minutes. Who asks for one of them by name gets it.
 */
export function isLeftOut(
  client: Pick<Client, 'name'>,
  scenario: Pick<Scenario, 'name' | 'load' | 'retention'>,
): boolean {
  const { name, load, retention = false } = scenario
  // Half a minute a process where a mock leaks; specs measure it for one client of each kind.
  if (retention) return true
  // One route shows what the other tool says of the same gateway, where it is installed.
  if (load?.kind === 'gateway')
    return load.tool === 'wrk' ? client.name !== 'http' || !hasWrk() : !routes.includes(client.name)
  if (mockedAlike.includes(client.name)) return name !== 'mock-1'
  return variants.includes(client.name) && !basic.includes(name)
}

function hasWrk(): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'wrk')))
}
