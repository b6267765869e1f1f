import { nearlyAlways } from '../budgets/saturated-generator.ts'
import { errorsIn } from '../budgets/service.ts'
import type { ClientLoad, LatencyAtRate, LatencyPercentiles } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'
import { count, none, percent } from './figures.ts'

/** A column of a table of routes. */
export interface RouteColumn {
  readonly head: string
  /** @param loads Of one route, replicate by replicate; at least one window. */
  readonly cell: (loads: readonly ClientLoad[]) => string
}

/** How the routes of a gateway served, the same in every table; percentiles are medians over the windows. */
export const routeColumns: readonly RouteColumn[] = [
  { head: 'requests/s (range)', cell: (loads) => rangeOf(ratesOf(loads)) },
  { head: 'errors', cell: (loads) => count(served(loads).reduce((sum, service) => sum + allErrorsIn(service), 0)) },
  { head: 'loop delay p99 ms', cell: (loads) => middle(loads, ({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms) },
  { head: '/ping beside p99 ms', cell: (loads) => middle(loads, ({ pingBesideP99Ms }) => pingBesideP99Ms) },
  { head: 'at half capacity p50/p90/p99 ms', cell: latencyCell },
  {
    head: 'generator busy',
    cell: (loads) => percent(median(servedWindows(loads).map(({ generatorBusy }) => generatorBusy))),
  },
  { head: 'gateway busy', cell: (loads) => percent(median(windowsOf(loads).map(({ clientBusy }) => clientBusy))) },
  { head: 'upstream busy', cell: (loads) => percent(median(windowsOf(loads).map(({ targetBusy }) => targetBusy))) },
]

/** Requests per second in every window. */
export function ratesOf(loads: readonly ClientLoad[]): readonly number[] {
  return windowsOf(loads).map(({ requests, durationMs }) => (requests * 1e3) / durationMs)
}

function windowsOf(loads: readonly ClientLoad[]) {
  return loads.flatMap(({ windows }) => windows)
}

function served(loads: readonly ClientLoad[]) {
  return loads.flatMap(({ service }) => service ?? [])
}

function servedWindows(loads: readonly ClientLoad[]) {
  return served(loads).flatMap(({ windows }) => windows)
}

/** Those at the fixed rate are no budget, and are told all the same. */
function allErrorsIn(service: NonNullable<ClientLoad['service']>): number {
  return errorsIn(service) + (service.latencyAtHalfCapacity?.errors ?? 0)
}

function rangeOf(rates: readonly number[]): string {
  const middle = count(median(rates))
  return rates.length < 2 ? middle : `${middle} (${count(Math.min(...rates))} … ${count(Math.max(...rates))})`
}

type ServiceWindow = ReturnType<typeof servedWindows>[number]

function middle(loads: readonly ClientLoad[], figure: (window: ServiceWindow) => number): string {
  return milliseconds(median(servedWindows(loads).map(figure)))
}

function latencyCell(loads: readonly ClientLoad[]): string {
  const latencies = served(loads).flatMap(({ latencyAtHalfCapacity }) => latencyAtHalfCapacity ?? [])
  if (latencies.length === 0) return none
  const rate = `${count(median(latencies.map(({ requestsPerSecond }) => requestsPerSecond)))}/s`
  const told = latencies.filter(hasPercentiles)
  if (told.length === 0) return `withheld (${rate}, ${percent(failedShare(latencies))} failed)`
  const of = (figure: (latency: ToldLatency) => number): number => median(told.map(figure))
  const p99Ms = of((latency) => latency.p99Ms)
  const shown = [of(({ p50Ms }) => p50Ms), of(({ p90Ms }) => p90Ms), p99Ms].map(milliseconds)
  // A sender that has no time to spare measures itself, and so does one whose lateness is half of what it measures.
  const isSendersOwn =
    of(({ sentLateP99Ms = 0 }) => sentLateP99Ms) >= p99Ms / 2 ||
    of(({ generatorBusy }) => generatorBusy) >= nearlyAlways
  return `${shown.join(' / ')} (${rate}${isSendersOwn ? ', the sender’s own' : ''})`
}

type ToldLatency = LatencyAtRate & LatencyPercentiles

function hasPercentiles(latency: LatencyAtRate): latency is ToldLatency {
  return latency.p99Ms !== undefined
}

function failedShare(latencies: readonly LatencyAtRate[]): number {
  const sum = (figure: (latency: LatencyAtRate) => number): number =>
    latencies.reduce((total, latency) => total + figure(latency), 0)
  return sum(({ errors }) => errors) / sum(({ requests }) => requests)
}

function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1)
}
