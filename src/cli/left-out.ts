import { existsSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '../helpers/clients/contract.ts'
import { hasGateway } from '../helpers/measure/gateway/gateway-processes.ts'
import type { Scenario } from '../helpers/scenarios/scenario.ts'

/** The scenario under which every client is measured, in every one of its ways. */
const common = 'small-4'

/** Scenarios under which what comes with Node is measured by itself: elsewhere `http` stands beside all others, as the control. */
const basic = ['sequential', common, 'small-64', 'gateway-wrk']

/** What comes with Node; its `fetch` is one copy of undici's. */
const ofNode = ['http', 'fetch']

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
  // How a route serves is a matter of what its handler does; one shows what the other tool says of the same gateway.
  if (load?.kind === 'gateway') return client.name !== (load.tool === 'wrk' ? 'http' : 'gateway-ping')
  if (mockedAlike.includes(client.name)) return name !== 'mock-1'
  if (ofNode.includes(client.name)) return !basic.includes(name)
  return variants.includes(client.name) && name !== common
}

/** Whether a scenario needs what is not here, a gateway or its tool: then only who asks for it by name is told so. */
export function lacksTool({ load }: Pick<Scenario, 'load'>): boolean {
  return load?.kind === 'gateway' && (!hasGateway() || (load.tool === 'wrk' && !hasWrk()))
}

/** Whether a project lacks a package that a client needs: then only who asks for the client by name is told so. */
export function lacksLibrary({ library = './', needs = [] }: Pick<Client, 'library' | 'needs'>, root: string): boolean {
  const packages = [library, ...needs].filter((name) => !name.startsWith('./'))
  return packages.some((name) => !isInstalled(name, root))
}

function isInstalled(name: string, root: string): boolean {
  try {
    return findPackageJSON(name, pathToFileURL(path.join(root, 'package.json'))) !== undefined
  } catch {
    return false
  }
}

function hasWrk(): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'wrk')))
}
