import { Agent } from 'node:http'
import type { ClientRequest } from './contract.ts'

/**
 * A `node:http` agent of the equalised league, for every client that sends through `node:http`.
 *
 * `maxSockets` is the cap on connections. `maxFreeSockets` has to follow it: the default keeps 256 idle sockets and
 * closes the rest, so that a batch of 512 in flight would open half of its connections anew each time.
 */
export function keepAliveAgent({ connections }: ClientRequest): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
}
