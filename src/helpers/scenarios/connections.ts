import { type Scenario, scenario } from './scenario.ts'

/** Small JSON over TLS, 16 in flight: handshakes are counted, and those that resume a session apart. */
export const tls16: Scenario = scenario({ name: 'tls-16', inFlight: 16, secure: true })

/** Answers after 5 ms, 64 in flight: most of the time a client waits, for many answers at once. */
export const delay5ms: Scenario = scenario({ name: 'delay-5ms', inFlight: 64, path: '/delay/5' })

/**
 * One request at a time, and a pause before each: a client that looks after its idle connection, or gives it up, before it
 * uses it again stalls here and nowhere else. Longer than the 10 ms after which undici 8.8 to 8.9 did (FIELD section 4).
 */
export const idle: Scenario = scenario({ name: 'idle', inFlight: 1, pauseMs: 20 })

/**
 * A connection for every request, 16 in flight. A port is taken for a minute after its connection has ended, and an
 * address has 28,000 of them on Linux: the spans of a process, eight of them at most, stay below that together.
 */
export const noKeepAlive: Scenario = scenario({
  name: 'no-keepalive',
  inFlight: 16,
  keepAlive: false,
  mostRequests: 2_000,
})

/** JSON of 100 kB, compressed to 18 kB, 4 in flight. */
export const gzip100k: Scenario = scenario({ name: 'gzip', inFlight: 4, path: '/gzip/100000' })
