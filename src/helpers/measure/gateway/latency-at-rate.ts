import { quantile } from '../../statistics/summary.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { LatencyAtRate, LatencyPercentiles } from '../result.ts'
import type { GatewayProcesses } from './gateway-processes.ts'
import type { OpenRoute } from './open-routes.ts'
import type { SteadyAnswers } from './steady.ts'

/** Sends to a route at a fixed rate. @throws {InvalidWorkError} when a reply is wrong, or all of them failed. */
export async function measureLatency(
  { gateway, load }: GatewayProcesses,
  { loaded: route }: OpenRoute,
  {
    requestsPerSecond,
    durationMs,
    connections,
  }: { requestsPerSecond: number; durationMs: number; connections: number },
): Promise<LatencyAtRate> {
  await load.ask({ type: 'connect', route, connections }, 'connected')
  const rate = { perSecond: requestsPerSecond, durationMs }
  const { answers, generatorBusy } = await load.ask({ type: 'steady', route, rate }, 'steady', durationMs)
  await gateway.ask({ type: 'settle' }, 'settled')
  return latencyOf(answers, requestsPerSecond, generatorBusy)
}

/**
 * The largest share of failed requests beside which the others' percentiles are told. They are those of survivors: what fails
 * is often what would have taken longest, and more than so much of it would have moved the 99th percentile.
 */
const mostFailed = 0.01

/** What was seen at a fixed rate. @throws {InvalidWorkError} when all requests failed. */
export function latencyOf(
  { latenciesMs, sentLateMs, failures: errors }: SteadyAnswers,
  requestsPerSecond: number,
  generatorBusy: number,
): LatencyAtRate {
  const share = Math.round(requestsPerSecond)
  if (latenciesMs.length === 0) throw new InvalidWorkError(`no request was answered at ${share} requests/s`)
  const requests = latenciesMs.length + errors
  return {
    requestsPerSecond,
    requests,
    errors,
    ...(errors / requests > mostFailed ? {} : percentilesOf(latenciesMs)),
    sentLateP99Ms: quantile(sentLateMs, 0.99),
    generatorBusy,
  }
}

function percentilesOf(latenciesMs: readonly number[]): LatencyPercentiles {
  const [p50Ms, p90Ms, p99Ms] = [0.5, 0.9, 0.99].map((probability) => quantile(latenciesMs, probability)) as [
    number,
    number,
    number,
  ]
  return { p50Ms, p90Ms, p99Ms }
}
