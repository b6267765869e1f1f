import type { ArmCounts } from '../measure/job.ts'
import type { CompletedMeasurement, Measurement, PairReplicate } from '../measure/result.ts'
import { median } from '../statistics/summary.ts'
import { type Case, type JudgingContext, nameOf, openCase } from './judgement.ts'
import { judgeScattering, scatterFor } from './scattering.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** What a client may cost. Every entry is a budget of its own. */
export interface CostThresholds {
  /** Connections opened from opening the client to closing it, exactly. */
  readonly connections?: number
  /** Connections opened per request, exactly, for clients that keep none. */
  readonly connectionsPerRequest?: number
  /** Bytes allocated per request: against the reference arm where its files differ, else against the tuned figure. */
  readonly allocatedBytes?: Thresholds
  /** Bytes of a request on the wire, exactly: as the reference arm's where its files differ, else as tuned. */
  readonly requestBytes?: 'unchanged'
  /** Bytes of a response on the wire, exactly: as the reference arm's where its files differ, else as tuned. */
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
      expected: stated(measurement, 'connections', limit),
      measured: ownCounts(measurement).map(({ connections }) => connections),
      compared: 'the stated number',
    })),
  connectionsPerRequest: (measurement, limit, context) =>
    judgeExact(measurement, 'connections per request', context, ({ measurement }) => ({
      unit: 'connections per request',
      expected: stated(measurement, 'connectionsPerRequest', limit),
      measured: ownCounts(measurement).map((counts) => perRequest(counts, 'connections')),
      compared: 'the stated number',
    })),
  requestBytes: (measurement, limit, context) => judgeWireBytes(measurement, 'requestBytes', limit, context),
  responseBytes: (measurement, limit, context) => judgeWireBytes(measurement, 'responseBytes', limit, context),
  allocatedBytes: (measurement, thresholds, context) => judgeAllocation(measurement, thresholds as Thresholds, context),
}

function stated(measurement: Measurement, name: keyof CostThresholds, limit: unknown): number {
  if (typeof limit !== 'number') throw wrongCost(measurement, name, limit, 'a number')
  return limit
}

/** Specs run without their types being checked, so that a wrong one would be a budget that nobody stated. */
function wrongCost(
  { client, scenario }: Measurement,
  name: keyof CostThresholds,
  limit: unknown,
  expected: string,
): UsageError {
  return new UsageError(`${client} ${scenario}: toCost: ${name} is ${JSON.stringify(limit)}; expected ${expected}`)
}

interface ExactValue {
  readonly unit: NonNullable<Verdict['unit']>
  readonly expected: number
  /** One count a replicate. */
  readonly measured: readonly number[]
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
  // A count goes red only when every fresh process confirms it (DESIGN 3.7).
  const others = measured.filter((count) => count !== expected)
  const state = others.length === 0 ? 'pass' : others.length === measured.length ? 'regressed' : 'inconclusive'
  const shown = others[0] ?? expected
  const reasons = {
    pass: `exactly ${expected} ${unit}`,
    regressed: `${shown} ${unit}, expected exactly ${expected}`,
    inconclusive: `${measured.join(' and ')} ${unit} in different processes, expected exactly ${expected}`,
  }
  return opened.verdict({
    state,
    reason: reasons[state],
    measured: { estimate: shown, low: shown, high: shown, level: 1 },
    unit,
    expected,
    tolerates: expected,
    catches: expected,
    compared,
  })
}

const wireCounters = { requestBytes: 'bytesIn', responseBytes: 'bytesOut' } as const

function judgeWireBytes(
  measurement: Measurement,
  name: keyof typeof wireCounters,
  limit: unknown,
  context: JudgingContext,
): Verdict {
  if (limit !== 'unchanged') throw wrongCost(measurement, name, limit, "'unchanged'")
  const budget = name === 'requestBytes' ? 'request bytes' : 'response bytes'
  return judgeExact(measurement, budget, context, (opened) => {
    const counter = wireCounters[name]
    const pairs = changedPairs(opened.measurement).map(({ counts }) => counts.map((each) => perRequest(each, counter)))
    const [, reference] = pairs[0] ?? []
    return reference === undefined
      ? {
          unit: 'bytes per request',
          expected: opened.need(name).expected,
          measured: ownCounts(opened.measurement).map((counts) => perRequest(counts, counter)),
          compared: 'the tuned figure',
        }
      : {
          unit: 'bytes per request',
          expected: reference,
          measured: pairs.flatMap(([current]) => current ?? []),
          compared: 'the reference arm',
        }
  })
}

/**
 * The replicates beside a reference of other files. Between equal files every cost is equal, whatever the adapter that
 * both arms share costs: those are compared with the tuned figure.
 */
function changedPairs({ pair }: CompletedMeasurement): readonly PairReplicate[] {
  return pair.state === 'measured' && !pair.sameFiles ? pair.replicates : []
}

function judgeAllocation(measurement: Measurement, thresholds: Thresholds, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'allocated bytes', context)
  if ('state' in opened) return opened
  const distances = distancesOf(thresholds, nameOf(opened))
  const tuned = opened.need('allocatedBytesPerRequest')
  const { logs, base, againstReference } = allocationRatios(opened.measurement, tuned.expected)
  return judgeScattering(opened, {
    gains: logs.map((log) => -log),
    scatter: scatterFor(opened, tuned),
    ...(againstReference ? {} : { tunedReplicates: tuned.replicates }),
    distances,
    worsening: (share) => -Math.log(1 + share),
    valueAt: (gain) => base * Math.exp(-gain),
    unit: 'bytes per request',
    compared: againstReference ? 'the reference arm' : 'the tuned figure',
    binding: againstReference || opened.sameMachineClass,
    inWords: (gain) => {
      const change = Math.expm1(-gain) * 100
      return `${Math.abs(change).toFixed(1)} % ${change < 0 ? 'less' : 'more'} allocated per request than expected`
    },
  })
}

/** Logarithms of allocation relative to a base in bytes per request, one a replicate. */
function allocationRatios(measurement: CompletedMeasurement, tuned: number) {
  const { load, client } = measurement
  const pairs = changedPairs(measurement).flatMap(({ allocation: [current, reference] }) =>
    current && reference ? [{ current: current.bytesPerRequest, reference: reference.bytesPerRequest }] : [],
  )
  if (pairs.length > 0) {
    const logs = pairs.map(({ current, reference }) => Math.log(current / reference))
    return { logs, base: median(pairs.map(({ reference }) => reference)), againstReference: true }
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

/** What the target counted for the client under continuous load, in each replicate. */
export function ownCounts({ load, client }: CompletedMeasurement): readonly ArmCounts[] {
  return load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.counts ?? [])
}

/** A counter divided by the requests. */
export function perRequest(counts: ArmCounts, counter: 'connections' | 'bytesIn' | 'bytesOut'): number {
  return counts[counter] / counts.requests
}
