import type { ClientRequest } from './contract.ts'

/**
 * How long an undici connection of the equalised league may lie idle, in milliseconds. undici's default of 4 s would
 * close the connections of an arm that is parked while another has its turn, and it would open them anew inside the
 * time measured. 10 minutes is longer than any measurement, and the most that undici takes from a server's hint.
 */
const PARKED_ARM_MS = 600_000

/** The request of a scenario in the words of undici's dispatchers. */
export function undiciDispatchOptions({ path, method, headers, body }: ClientRequest) {
  return { path, method, headers, body: body ?? null }
}

/**
 * Options of an undici `Pool` or `Agent` of the equalised league. `connections` is the cap: without it undici opens a
 * connection for every request in flight. `pipelining: 1` is undici's default; undici's published figures use 10, and
 * with 0 it keeps no connection alive.
 */
export function undiciOptions({ connections, responseLimitBytes, keepAlive = true, certificate }: ClientRequest) {
  return {
    connections,
    pipelining: keepAlive ? 1 : 0,
    keepAliveTimeout: PARKED_ARM_MS,
    maxResponseSize: responseLimitBytes ?? -1,
    ...(certificate !== undefined && { connect: { ca: certificate } }),
  }
}
