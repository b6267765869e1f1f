import { type Scenario, scenario } from './scenario.ts'

/**
 * A gateway calls an upstream over TLS that takes 5 ms to answer. Its routes are loaded by 64 connections each: by fewer than
 * about 40 a fast client would wait for the delay and not for itself.
 */
const common = { inFlight: 64, path: '/delay/5/json', secure: true } as const

/** Loaded by autocannon. */
export const gateway: Scenario = scenario({
  ...common,
  name: 'gateway',
  load: { kind: 'gateway', tool: 'autocannon' },
})

/** Loaded by wrk, where it is installed: throughput and errors only. */
export const gatewayWrk: Scenario = scenario({ ...common, name: 'gateway-wrk', load: { kind: 'gateway', tool: 'wrk' } })
