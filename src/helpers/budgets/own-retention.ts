import type { OwnRetention } from '../measure/job.ts'
import type { CompletedMeasurement, Measurement } from '../measure/result.ts'
import { slopeOf } from '../statistics/theil-sen.ts'
import { judgeExact } from './exact-cost.ts'
import { type Case, type JudgingContext, nameOf, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { judgeAgainstTuned } from './scattering.ts'
import { type ByteThresholds, byteDistancesOf } from './thresholds.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** Name of the budget, as verdicts have it. */
export const ownRetainedBudget = 'own retained bytes'

/** A series has 10,000 requests, over which one stray object of ten kilobytes is worth so much. */
export const leastOwnScatter = 1

/**
 * Judges the heap that a mocked client leaves behind per request, by itself: against the tuned figure. A figure that is
 * high from the beginning is for whoever tunes to see.
 *
 * @throws {UsageError} where no mock answered the client.
 */
export function judgeOwnRetained(
  measurement: Measurement,
  thresholds: ByteThresholds,
  context: JudgingContext,
): Verdict {
  const opened = openCase(measurement, ownRetainedBudget, context)
  if ('state' in opened) return opened
  const distances = byteDistancesOf(thresholds, nameOf(opened))
  const tuned = opened.need('ownRetainedBytesPerRequest')
  requireRetention(opened)
  return judgeAgainstTuned(opened, tuned, {
    gains: ownRetained(opened.measurement).map((bytes) => tuned.expected - bytes),
    distances,
    scale: 'bytes',
    unit: 'bytes per request',
    compared: 'the tuned figure',
    inWords: (gain) =>
      `${Math.abs(gain).toFixed(1)} bytes ${gain > 0 ? 'less' : 'more'} retained per request than expected`,
  })
}

/**
 * Judges the listeners that stand on the most burdened emitter after 10,000 requests: no more than stated.
 *
 * @throws {UsageError} where no mock answered the client.
 */
export function judgeOwnListeners(measurement: Measurement, atMost: number, context: JudgingContext): Verdict {
  const opened = openCase(measurement, 'own listeners', context)
  if ('state' in opened) return opened
  return judgeExact(opened, {
    unit: 'listeners',
    counts: requireRetention(opened).map(({ mostListeners }) => ({ count: mostListeners, expected: atMost })),
    evidence: 'load',
    compared: 'the stated number',
    bound: 'at most',
  })
}

/** Bytes that the client left behind per request, in each replicate in which that was measured. */
export function ownRetained(measurement: CompletedMeasurement): readonly number[] {
  return ownRetention(measurement).map(({ retainedBytes, requestsPerPoint }) =>
    slopeOf(retainedBytes, requestsPerPoint),
  )
}

function ownRetention({ load, client }: CompletedMeasurement): readonly OwnRetention[] {
  return load.flatMap(({ clients }) => clients.find((each) => each.client === client)?.retention ?? [])
}

function requireRetention(opened: Case): readonly OwnRetention[] {
  measuredLoad(opened)
  const retention = ownRetention(opened.measurement)
  if (retention.length > 0) return retention
  throw new UsageError(
    `${nameOf(opened)}: what a client leaves behind by itself is measured under scenarios that ask for it; ` +
      'state it of a mocked client under mock-retention',
  )
}
