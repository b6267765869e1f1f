import type { Client } from '../helpers/clients/contract.ts'
import type { Scenario } from '../helpers/scenarios/scenario.ts'

/** Scenarios of one process and one connection policy, under which every way into a library is measured. */
const plain = [
  'sequential',
  'small-4',
  'small-64',
  'post-10k',
  'headers-40',
  'download-1m',
  'download-1m-limit',
  'delayed-2ms',
]

/** Other ways into a library that connect as its main one does: connections, bursts and pools say nothing new about them. */
const waysIn = ['undici-dispatch', 'undici-stream', 'undici-pipeline', 'axios-fetch']

/**
 * Whether a run of everything leaves out a client under a scenario: it is to take less than 25 minutes. Who asks for one of
 * them by name gets it.
 */
export function isLeftOut(client: Pick<Client, 'name'>, scenario: Pick<Scenario, 'name'>): boolean {
  return waysIn.includes(client.name) && !plain.includes(scenario.name)
}
