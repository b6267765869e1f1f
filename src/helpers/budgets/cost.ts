import type { ArmCounts } from '../measure/job.ts'
import type { CompletedMeasurement, Measurement } from '../measure/result.ts'
import { mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { median } from '../statistics/summary.ts'
import { decide } from './decision.ts'
import { type Case, type JudgingContext, openCase, scatterFor } from './judgement.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** What a client may cost. Every entry is a budget of its own. */
export interface CostThresholds {
  /** Connections opened from opening the client to closing it, exactly. */
  readonly connections?: number
  /** Connections opened per request, exactly, for clients that keep none. */
  readonly connectionsPerRequest?: number
  /** Bytes allocated per request: against the reference arm where there is one, else against the tuned figure. */
  readonly allocatedBytes?: Thresholds
  /** Bytes of a request on the wire, exactly: as the reference arm's, else as tuned. */
  readonly requestBytes?: 'unchanged'
  /** Bytes of a response on the wire, exactly: as the reference arm's, else as tuned. */
  readonly responseBytes?: 'unchanged'
}

/**
 * Judges costs, one verdict an entry.
 *
 * @throws {UsageError} for an unknown entry, and for one that the budget file does not know.
 */
export function judgeCosts(measurement: Measurement, costs: CostThresholds, context: JudgingContext): Verdict[] {
  const judged = Object.entries(costs).filter(([, threshold]) => threshold !== undefined)
  if (judged.length === 0) throw new UsageError(`${measurement.client} ${measurement.scenario}: toCost states no cost`)
  return judged.map(([name, threshold]) => {
    const judge = judges[name as keyof CostThresholds] as CostJudge | undefined
    if (judge === undefined) {
      throw new UsageError(`toCost knows no ${name}; expected one of ${Object.keys(judges).join(', ')}`)
    }
    return judge(measurement, threshold, context)
  })
}

type CostJudge = (measurement: Measurement, threshold: unknown, context: JudgingContext) => Verdict

const judges: Record<keyof CostThresholds, CostJudge> = {
  connections: (measurement, limit, context) =>
    judgeExact(measurement, 'connections', context, ({ measurement }) => ({
      unit: 'connections',
      expected: limit as number,
      measured: ownCounts(measurement).connections,
      compared: 'the stated number',
    })),
  connectionsPerRequest: (measurement, limit, context) =>
    judgeExact(measurement, 'connections per request', context, ({ measurement }) => ({
      unit: 'connections per request',
      expected: limit as number,
      measured: perRequest(ownCounts(measurement), 'connections'),
      compared: 'the stated number',
    })),
  requestBytes: (measurement, _, context) => judgeWireBytes(measurement, 'requestBytes', context),
  responseBytes: (measurement, _, context) => judgeWireBytes(measurement, 'responseBytes', context),
  allocatedBytes: (measurement, thresholds, context) => judgeAllocation(measurement, thresholds as Thresholds, context),
}

interface ExactValue {
  readonly unit: NonNullable<Verdict['unit']>
  readonly expected: number
  readonly measured: number
  readonly compared: string
}

function judgeExact(
  measurement: Measurement,
  budget: string,
  context: JudgingContext,
  exactOf: (opened: Case) => ExactValue,
): Verdict {
  const opened = openCase(measurement, budget, context)
  if ('state' in opened) return opened
  const { unit, expected, measured, compared } = exactOf(opened)
  const same = measured === expected
  return opened.verdict({
    state: same ? 'pass' : 'regressed',
    reason: same ? `exactly ${expected} ${unit}` : `${measured} ${unit}, expected exactly ${expected}`,
    measured: { estimate: measured, low: measured, high: measured, level: 1 },
    unit,
    expected,
    tolerates: expected,
    catches: expected,
    compared,
  })
}

const wireCounters = { requestBytes: 'bytesIn', responseBytes: 'bytesOut' } as const

function judgeWireBytes(measurement: Measurement, name: keyof typeof wireCounters, context: JudgingContext): Verdict {
  const budget = name === 'requestBytes' ? 'request bytes' : 'response bytes'
  return judgeExact(measurement, budget, context, (opened) => {
    const counter = wireCounters[name]
    const pair = opened.measurement.pair
    const [current, reference] = (pair.state === 'measured' && pair.replicates[0]?.counts) || []
    if (current !== undefined && reference !== undefined) {
      return {
        unit: 'bytes per request',
        expected: perRequest(reference, counter),
        measured: perRequest(current, counter),
        compared: 'the reference arm',
      }
    }
    return {
      unit: 'bytes per request',
      expected: opened.need(name).expected,
      measured: perRequest(ownCounts(opened.measurement), counter),
      compared: 'the tuned figure',
    }
  })
}

function judgeAllocation(measurement: Measurement, thresholds: Thresholds, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'allocated bytes', context)
  if ('state' in opened) return opened
  const { tolerates, catches } = distancesOf(
    thresholds,
    `${measurement.client} ${measurement.scenario}, ${opened.budget}`,
  )
  const tuned = opened.need('allocatedBytesPerRequest')
  const ratios = allocationRatios(opened.measurement, tuned.expected)
  const average = replicateMean(ratios.logs, scatterFor(opened, tuned))
  const gain = { ...average, estimate: -average.estimate }
  const binding = ratios.againstReference || opened.sameMachineClass
  const limits = { tolerates: -Math.log(1 + tolerates), catches: -Math.log(1 + catches) }
  const cliff = -Math.log(1 + 2 * catches)
  const state = binding ? decide(gain, limits, opened.rates) : gain.estimate < cliff ? 'regressed' : 'pass'
  const change = (Math.exp(average.estimate) - 1) * 100
  return opened.verdict({
    state,
    reason: `${Math.abs(change).toFixed(1)} % ${change < 0 ? 'less' : 'more'} allocated per request than expected`,
    measured: mapInterval(intervalOf(average), (log) => Math.exp(log) * ratios.base),
    unit: 'bytes per request',
    expected: ratios.base,
    tolerates: ratios.base * (1 + tolerates),
    catches: ratios.base * (1 + catches),
    compared: ratios.againstReference ? 'the reference arm' : 'the tuned figure',
  })
}

/** Logarithms of allocation relative to a base in bytes per request, one a replicate. */
function allocationRatios(measurement: CompletedMeasurement, tuned: number) {
  const { pair, load, client } = measurement
  if (pair.state === 'measured') {
    const pairs = pair.replicates.flatMap(({ allocation: [current, reference] }) =>
      current && reference ? [{ current: current.bytesPerRequest, reference: reference.bytesPerRequest }] : [],
    )
    const logs = pairs.map(({ current, reference }) => Math.log(current / reference))
    if (logs.length > 0) return { logs, base: median(pairs.map(({ reference }) => reference)), againstReference: true }
  }
  const own = load.flatMap(
    ({ clients }) => clients.find((each) => each.client === client)?.allocatedBytesPerRequest ?? [],
  )
  if (own.length === 0) {
    throw new UsageError(
      `Node ${process.versions.node} cannot tell allocated bytes; that budget needs Node 26 or newer`,
    )
  }
  return { logs: own.map((bytes) => Math.log(bytes / tuned)), base: tuned, againstReference: false }
}

/** What the target counted for the client under continuous load, in the first replicate. */
export function ownCounts({ load, client }: CompletedMeasurement): ArmCounts {
  const counts = load[0]?.clients.find((each) => each.client === client)?.counts
  if (counts === undefined) throw new UsageError(`${client} was not measured under load`)
  return counts
}

/** A counter divided by the requests. */
export function perRequest(counts: ArmCounts, counter: 'connections' | 'bytesIn' | 'bytesOut'): number {
  return counts[counter] / counts.requests
}
