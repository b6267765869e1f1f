import type { Measurement } from '../measure/result.ts'
import { judgeAllocation } from './allocation.ts'
import { judgeConnections, judgeHandshakes, judgeListeners, judgeWireBytes } from './exact-cost.ts'
import { type JudgingContext, nameOf, openCase } from './judgement.ts'
import { judgeOwnListeners, judgeOwnRetained } from './own-retention.ts'
import { judgeKind, type ReferenceKind } from './reference-kind.ts'
import { residentKind, retainedKind } from './retention-cost.ts'
import { type ByteThresholds, byteDistancesOf, type Distances, distancesOf, type Thresholds } from './thresholds.ts'
import { buffersKind, cpuKind, timeKind } from './totals-cost.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** What a client may cost. Every entry is a budget of its own. */
export interface CostThresholds {
  /** Connections opened from opening the client to closing it, exactly. */
  readonly connections?: number
  /** Connections opened per request, exactly, for clients that keep none. */
  readonly connectionsPerRequest?: number
  /** TLS handshakes made in full, at most: the others resume a session. */
  readonly fullHandshakes?: number
  /** Bytes of a request on the wire, exactly: as the reference arm's where its files differ, else as tuned. */
  readonly requestBytes?: 'unchanged'
  /** Bytes of a response on the wire, exactly: as the reference arm's where its files differ, else as tuned. */
  readonly responseBytes?: 'unchanged'
  /** Listeners on the most burdened pooled socket after all requests: no more than in the reference arm. */
  readonly listeners?: 'unchanged'
  /** Bytes allocated per request: against the reference arm where its files differ, else against the tuned figure. */
  readonly allocatedBytes?: Thresholds
  /** Bytes of buffers allocated per request outside of the heap, against the reference arm: every copy of a body shows. */
  readonly bufferBytes?: Thresholds
  /** CPU time per request, summed over many and the collector's included, against the reference arm. */
  readonly cpu?: Thresholds
  /** Wall time per request, summed over many, against the reference arm. */
  readonly time?: Thresholds
  /** Heap that stays in use after forced collection: bytes per request more than in the reference arm. */
  readonly retainedBytes?: ByteThresholds
  /** Resident memory of the process, likewise. */
  readonly residentBytes?: ByteThresholds
  /** Heap that a mocked client leaves behind by itself over 10,000 requests: bytes per request more than the tuned figure. */
  readonly ownRetainedBytes?: ByteThresholds
  /** Listeners on the most burdened emitter of the process after them. */
  readonly ownListeners?: { readonly atMost: number }
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
    if (!isCost(name)) {
      throw new UsageError(`toCost knows no ${name}; expected one of ${Object.keys(judges).join(', ')}`)
    }
    return judges[name](measurement, threshold, context)
  })
}

function isCost(name: string): name is keyof CostThresholds {
  return Object.hasOwn(judges, name)
}

/** The kinds of budgets behind the entries that compare the arms of a pair by a value that scatters. */
export const costKinds = {
  bufferBytes: buffersKind,
  cpu: cpuKind,
  time: timeKind,
  retainedBytes: retainedKind,
  residentBytes: residentKind,
} as const

/** Specs run without their types being checked, so that whatever stands there is looked at. */
type CostJudge = (measurement: Measurement, stated: unknown, context: JudgingContext) => Verdict

const judges: Record<keyof CostThresholds, CostJudge> = {
  connections: (measurement, stated, context) =>
    judgeConnections(measurement, 'all', numberIn(measurement, 'connections', stated), context),
  connectionsPerRequest: (measurement, stated, context) =>
    judgeConnections(measurement, 'request', numberIn(measurement, 'connectionsPerRequest', stated), context),
  fullHandshakes: (measurement, stated, context) =>
    judgeHandshakes(measurement, numberIn(measurement, 'fullHandshakes', stated), context),
  requestBytes: (measurement, stated, context) => {
    requireUnchanged(measurement, 'requestBytes', stated)
    return judgeWireBytes(measurement, 'requestBytes', context)
  },
  responseBytes: (measurement, stated, context) => {
    requireUnchanged(measurement, 'responseBytes', stated)
    return judgeWireBytes(measurement, 'responseBytes', context)
  },
  listeners: (measurement, stated, context) => {
    requireUnchanged(measurement, 'listeners', stated)
    return judgeListeners(measurement, context)
  },
  allocatedBytes: (measurement, stated, context) => {
    requireThresholds(measurement, 'allocatedBytes', stated)
    return judgeAllocation(measurement, stated, context)
  },
  bufferBytes: judgeShare('bufferBytes'),
  cpu: judgeShare('cpu'),
  time: judgeShare('time'),
  retainedBytes: judgeBytes('retainedBytes'),
  residentBytes: judgeBytes('residentBytes'),
  ownRetainedBytes: (measurement, stated, context) => {
    requireByteThresholds(measurement, 'ownRetainedBytes', stated)
    return judgeOwnRetained(measurement, stated, context)
  },
  ownListeners: (measurement, stated, context) =>
    judgeOwnListeners(measurement, atMostIn(measurement, stated), context),
}

function judgeShare(entry: 'bufferBytes' | 'cpu' | 'time'): CostJudge {
  return (measurement, stated, context) => {
    requireThresholds(measurement, entry, stated)
    return judgeAgainstArm(measurement, costKinds[entry], (budget) => distancesOf(stated, budget, 'cost'), context)
  }
}

function judgeBytes(entry: 'retainedBytes' | 'residentBytes'): CostJudge {
  return (measurement, stated, context) => {
    requireByteThresholds(measurement, entry, stated)
    return judgeAgainstArm(measurement, costKinds[entry], (budget) => byteDistancesOf(stated, budget), context)
  }
}

function judgeAgainstArm(
  measurement: Measurement,
  kind: ReferenceKind,
  distances: (budget: string) => Distances,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, kind.budget, context)
  return 'state' in opened ? opened : judgeKind(opened, kind, distances(nameOf(opened)))
}

function numberIn(measurement: Measurement, entry: keyof CostThresholds, stated: unknown): number {
  if (typeof stated === 'number' && stated >= 0 && Number.isFinite(stated)) return stated
  throw wrongCost(measurement, entry, stated, 'a number of 0 or more')
}

function atMostIn(measurement: Measurement, stated: unknown): number {
  const limit = typeof stated === 'object' && stated !== null && 'atMost' in stated ? stated.atMost : undefined
  if (typeof limit === 'number' && limit >= 0 && Number.isFinite(limit)) return limit
  throw wrongCost(measurement, 'ownListeners', stated, 'a limit such as { atMost: 40 }')
}

function requireUnchanged(measurement: Measurement, entry: keyof CostThresholds, stated: unknown): void {
  if (stated !== 'unchanged') throw wrongCost(measurement, entry, stated, "'unchanged'")
}

function requireThresholds(
  measurement: Measurement,
  entry: keyof CostThresholds,
  stated: unknown,
): asserts stated is Thresholds {
  if (hasBoth(stated)) return
  throw wrongCost(measurement, entry, stated, "thresholds such as { tolerates: '3 %', catches: '6 %' }")
}

function requireByteThresholds(
  measurement: Measurement,
  entry: keyof CostThresholds,
  stated: unknown,
): asserts stated is ByteThresholds {
  if (hasBoth(stated)) return
  throw wrongCost(measurement, entry, stated, 'bytes per request such as { tolerates: 20, catches: 200 }')
}

function hasBoth(stated: unknown): boolean {
  return typeof stated === 'object' && stated !== null && 'tolerates' in stated && 'catches' in stated
}

function wrongCost(
  { client, scenario }: Measurement,
  entry: keyof CostThresholds,
  stated: unknown,
  expected: string,
): UsageError {
  // JSON has no NaN and no infinity.
  const found = typeof stated === 'number' ? stated : JSON.stringify(stated)
  return new UsageError(`${client} ${scenario}: toCost: ${entry} is ${found}; expected ${expected}`)
}
