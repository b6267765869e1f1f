import { Agent, type AgentOptions } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { ClientRequest } from './contract.ts'

/**
 * An agent of Node's own client for the equalised league, for every client that sends through `node:http` or
 * `node:https`, whichever the origin asks for. It keeps connections alive unless the scenario says otherwise.
 *
 * `maxSockets` is the cap on connections. `maxFreeSockets` has to follow it: the default keeps 256 idle sockets and
 * closes the rest, so that a batch of 512 in flight would open half of its connections anew each time.
 */
export function nodeAgent({ connections, keepAlive = true, certificate }: ClientRequest): Agent {
  const options: AgentOptions = { keepAlive, maxSockets: connections, maxFreeSockets: connections }
  return certificate === undefined ? new Agent(options) : new SecureAgent({ ...options, ca: certificate })
}

/**
 * The request of a scenario as Node's own client has to be given it. An agent with a cap keeps connections alive for
 * requests that wait, whatever its `keepAlive` says (https://nodejs.org/api/http.html#new-agentoptions): only a header ends
 * them for certain.
 */
export function forNode<Request extends Pick<ClientRequest, 'headers' | 'keepAlive'>>(request: Request): Request {
  const { headers, keepAlive = true } = request
  return keepAlive ? request : { ...request, headers: { ...headers, connection: 'close' } }
}
