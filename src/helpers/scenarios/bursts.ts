import { type LoadShape, type Scenario, scenario } from './scenario.ts'

/** The burst of the question that this project comes from (FIELD section 1): so many requests over so many connections. */
const requestsAtOnce = 512
const mostConnections = 100

/**
 * Before a burst, in milliseconds, and before its client is opened: the client before is closed by then, its connections are
 * gone, and what they left to do is done. A client that is kept lies idle for so long. The original waited a second, in one
 * process for all clients.
 */
const pauseMs = 250

function burst(
  name: string,
  client: Extract<LoadShape, { kind: 'bursts' }>['client'],
  changes: Partial<Scenario> = {},
) {
  const load = { kind: 'bursts', client, pauseMs } as const
  return scenario({ name, inFlight: requestsAtOnce, connections: mostConnections, load, ...changes })
}

/** 512 requests at once over 100 connections of a client that is fresh but for one request. */
export const burst512: Scenario = burst('burst-512', 'fresh')

/** The same with the client of the burst before: its connections are there. */
export const burst512Warm: Scenario = burst('burst-512-warm', 'kept')

/** The original's kind of upstream: TLS, 30 ms until it answers, a page of 50 kB. */
export const burst512Tls: Scenario = burst('burst-512-tls', 'fresh', { secure: true, path: '/delay/30/bytes/50000' })

/**
 * Throughput by the number in flight, over 100 connections at most: beyond them requests wait, and a pool that looks
 * through its connections for each of them shows it.
 */
export const sweep: Scenario = scenario({
  name: 'sweep',
  inFlight: 64,
  connections: mostConnections,
  load: { kind: 'sweep', over: 'inFlight', points: [1, 4, 16, 64, 256, 512, 1_024] },
})
