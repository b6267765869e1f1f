import { globalAgent } from 'node:http'

/**
 * Ends the connections that Node's global agent holds to one origin. Clients as shipped share that agent, each with its
 * own origin; `globalAgent.destroy()` would end the connections of the other arms, too.
 */
export function destroyGlobalSockets(origin: string): void {
  const { hostname, port } = new URL(origin)
  // The agent's keys begin with host and port and go on with options, which the libraries set differently.
  const prefix = `${hostname}:${port}:`
  for (const pool of [globalAgent.sockets, globalAgent.freeSockets]) {
    for (const [key, sockets] of Object.entries(pool)) {
      if (key.startsWith(prefix)) for (const socket of [...(sockets ?? [])]) socket.destroy()
    }
  }
}
