import { burst512, burst512Tls, burst512Warm, sweep } from './bursts.ts'
import { delay5ms, gzip100k, idle, noKeepAlive, tls16 } from './connections.ts'
import { gateway, gatewayWrk } from './gateway.ts'
import {
  mock1,
  mockHandlers,
  mockListen,
  mockPassthrough,
  mockRegexp,
  mockRestored,
  mockRetention,
  mockScopes,
} from './mocks.ts'
import { type Scenario, scenario } from './scenario.ts'

/** One request at a time, small JSON: what most application code does, and what bursts alone would miss. */
export const sequential: Scenario = scenario({ name: 'sequential', inFlight: 1, batchRequests: 4 })

/** Small JSON at a given number in flight, e.g. `small-4`. */
export function smallJson({ inFlight }: { inFlight: number }): Scenario {
  return scenario({ name: `small-${inFlight}`, inFlight })
}

const kilobyte = 1_000

/** A JSON body of 10 kB posted, 16 in flight. */
export const post10k: Scenario = scenario({
  name: 'post-10k',
  inFlight: 16,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: jsonOfBytes(10 * kilobyte),
})

/** 40 request headers of the kind that gateways pass on, 16 in flight. */
export const headers40: Scenario = scenario({
  name: 'headers-40',
  inFlight: 16,
  headers: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`x-passed-on-${index}`, `value ${index} of a header`]),
  ),
})

const megabyte = 1_000_000

/** 1 MB downloaded, 4 in flight. */
export const download1m: Scenario = scenario({
  name: 'download-1m',
  inFlight: 4,
  path: `/bytes/${megabyte}`,
})

/** The same with a size limit set on the client, twice what arrives: body assembly takes other paths then. */
export const download1mLimit: Scenario = scenario({
  name: 'download-1m-limit',
  inFlight: 4,
  path: `/bytes/${megabyte}`,
  responseLimitBytes: 2 * megabyte,
})

/**
 * Answers after 2 ms, one request at a time, in an otherwise idle loop: the check for idle stalls. A client that
 * waits for a timer of its own before it uses an idle connection again is as fast as ever when it is busy.
 */
export const delayed2ms: Scenario = scenario({ name: 'delayed-2ms', inFlight: 1, path: '/delay/2' })

/** Every scenario of the suite, by which commands find them. */
export const scenarios: readonly Scenario[] = [
  sequential,
  smallJson({ inFlight: 4 }),
  smallJson({ inFlight: 64 }),
  post10k,
  headers40,
  download1m,
  download1mLimit,
  delayed2ms,
  tls16,
  delay5ms,
  idle,
  noKeepAlive,
  gzip100k,
  burst512,
  burst512Warm,
  burst512Tls,
  sweep,
  gateway,
  gatewayWrk,
  mock1,
  mockRetention,
  mockHandlers,
  mockPassthrough,
  mockListen,
  mockRestored,
  mockScopes,
  mockRegexp,
]

/** A JSON text of exactly so many bytes. */
function jsonOfBytes(bytes: number): string {
  const [before, after] = ['{"text":"', '"}']
  return `${before}${'wiregauge '.repeat(bytes).slice(0, bytes - before.length - after.length)}${after}`
}
