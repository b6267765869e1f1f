import type { ClientLoad, CompletedMeasurement, Measurement, ServiceWindow } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'
import { judgeExact } from './exact-cost.ts'
import { type Case, type JudgingContext, nameOf, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { judgeAgainstTuned } from './scattering.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { loadsOf, unlessSaturated } from './throughput.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** How the route of a client in a gateway must serve. Every entry is a budget of its own. */
export interface ServiceThresholds {
  /** Most errors in all windows of a process: other statuses than 2xx, timeouts, broken connections. */
  readonly errors?: number
  /** How late the gateway's event loop comes to a timer while the route is loaded (99th percentile), against the tuned figure. */
  readonly eventLoopDelay?: Thresholds
  /** Latency of `/ping` while the route is loaded (99th percentile), against the tuned figure. */
  readonly pingBeside?: Thresholds
}

/** A delay that is tuned, and judged by the distance from what it was. */
interface DelayKind {
  /** Name of the budget, as verdicts have it. */
  readonly budget: string
  /** Where its tuned value stands among the entries of a client and scenario; a window has its value under the same name. */
  readonly place: 'eventLoopDelayP99Ms' | 'pingBesideP99Ms'
  readonly what: string
}

export const delayKinds = {
  eventLoopDelay: { budget: 'event-loop delay', place: 'eventLoopDelayP99Ms', what: 'event-loop delay' },
  pingBeside: { budget: '/ping beside', place: 'pingBesideP99Ms', what: 'the latency of /ping beside' },
} as const satisfies Record<string, DelayKind>

/**
 * Judges how a route serves, one verdict an entry.
 *
 * @throws {UsageError} for an unknown entry, for one that the budget file does not know, and for a client that was not
 * measured in a gateway.
 */
export function judgeService(measurement: Measurement, stated: ServiceThresholds, context: JudgingContext): Verdict[] {
  const entries = Object.entries(stated).filter(([, threshold]) => threshold !== undefined)
  if (entries.length === 0)
    throw new UsageError(`${measurement.client} ${measurement.scenario}: toServe states nothing`)
  return entries.map(([entry, threshold]: [string, unknown]) => {
    if (entry === 'errors') return judgeErrors(measurement, threshold, context)
    if (isDelay(entry)) return judgeDelay(measurement, delayKinds[entry], threshold, context)
    const known = ['errors', ...Object.keys(delayKinds)].join(', ')
    throw new UsageError(`toServe knows no ${entry}; expected one of ${known}`)
  })
}

function isDelay(entry: string): entry is keyof typeof delayKinds {
  return Object.hasOwn(delayKinds, entry)
}

function judgeErrors(measurement: Measurement, atMost: unknown, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'errors', context)
  if ('state' in opened) return opened
  if (!Number.isInteger(atMost) || Number(atMost) < 0) {
    throw new UsageError(`${nameOf(opened)}: toServe: errors is ${JSON.stringify(atMost)}; expected a count, such as 0`)
  }
  const expected = Number(atMost)
  const counts = servedLoads(opened).map(({ service }) => ({ count: errorsIn(service), expected }))
  return judgeExact(opened, {
    unit: 'errors',
    counts,
    evidence: 'load',
    compared: 'the stated number',
    bound: 'at most',
  })
}

/** Errors of a route under the closed loop of one process. Those at the fixed rate are printed beside its latencies. */
export function errorsIn({ windows }: NonNullable<ClientLoad['service']>): number {
  const ofWindow = ({ statusErrors, timeouts, connectionErrors }: ServiceWindow): number =>
    statusErrors + timeouts + connectionErrors
  return windows.map(ofWindow).reduce((sum, errors) => sum + errors, 0)
}

function judgeDelay(
  measurement: Measurement,
  { budget, place, what }: DelayKind,
  stated: unknown,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, budget, context)
  if ('state' in opened) return opened
  if (typeof stated !== 'object' || stated === null || !('tolerates' in stated) || !('catches' in stated)) {
    throw new UsageError(
      `${nameOf(opened)}: toServe got ${JSON.stringify(stated)}; expected thresholds such as { tolerates: '100 %', catches: '300 %' }`,
    )
  }
  servedLoads(opened)
  const tuned = opened.need(place)
  const verdict = judgeAgainstTuned(opened, tuned, {
    gains: delaysOf(opened.measurement, place).map((delayMs) => -Math.log(delayMs / tuned.expected)),
    distances: distancesOf(stated as Thresholds, nameOf(opened), 'cost'),
    scale: 'cost',
    unit: 'ms',
    compared: 'the tuned figure',
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      return `${what} (p99) is ${Math.abs(change).toFixed(1)} % ${change < 0 ? 'below' : 'above'} what is expected`
    },
  })
  return unlessSaturated(opened, verdict, [opened.measurement.client])
}

/** A delay of the client's route in each replicate, in milliseconds: the median over its windows. */
export function delaysOf(
  { load, client }: Pick<CompletedMeasurement, 'load' | 'client'>,
  place: DelayKind['place'],
): readonly number[] {
  return loadsOf({ load }, client).flatMap(({ service }) =>
    service === undefined ? [] : median(service.windows.map((window) => window[place])),
  )
}

type ServedLoad = ClientLoad & Required<Pick<ClientLoad, 'service'>>

/** @throws {UsageError} where the client is no route of a gateway. */
function servedLoads(opened: Case): readonly ServedLoad[] {
  const { client } = opened.measurement
  const served = loadsOf({ load: measuredLoad(opened) }, client).filter(
    (each): each is ServedLoad => each.service !== undefined,
  )
  if (served.length > 0) return served
  throw new UsageError(`${nameOf(opened)}: toServe is about routes of a gateway; measure it under the scenario gateway`)
}
