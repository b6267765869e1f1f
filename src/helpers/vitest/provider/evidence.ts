import type { BenchResult } from 'vitest'
import { type Interval, mapInterval } from '../../statistics/interval.ts'
import { medianInterval, pairedLogRatios } from '../../statistics/paired.ts'
import { meanInterval } from '../../statistics/student.ts'
import { mean, median } from '../../statistics/summary.ts'
import type { MeasuredArm, MeasuredGroup } from './measure-group.ts'

/** What a group's results rest on. */
export interface Evidence {
  /** A group as each process measured it. */
  readonly processes: readonly MeasuredGroup[]
  /** Whether these were processes of their own; else there is one, the worker that runs the test. */
  readonly fresh: boolean
  /** Why there were no fresh processes, or fewer than asked for. */
  readonly lack?: string
  /** Draws the resamples of the interval within one process. */
  readonly seed: number
}

const known = new WeakMap<object, Evidence>()

/** Keeps beside a result what it rests on, for the matchers. */
export function remember(result: BenchResult, evidence: Evidence): void {
  known.set(result, evidence)
}

/** What a result rests on; undefined where another provider or a stored file is its source. */
export function evidenceOf(result: object): Evidence | undefined {
  return known.get(result)
}

/**
 * ln(time of the other arm / time of the arm) for one call, with its 95 % interval; positive where the arm takes less time.
 * Only arms of one group have a ratio: of two groups one runs in every process after the other, on warmer code, so that an
 * interval over processes would be narrow around a value that is off.
 *
 * Over processes it is the mean of their medians of paired log-ratios with the interval of Student, which holds the scatter
 * between processes. In one process it is the median with an interval by bootstrap, which does not.
 *
 * @returns undefined where too little was measured.
 */
export function logRatio({ processes, seed }: Evidence, arm: string, other: string): Interval | undefined {
  const series = processes.map((group) => pairs(armOf(group, arm), armOf(group, other)))
  if (series.length > 1) return meanInterval(series.map((ratios) => median(ratios)))
  const [only] = series
  return only === undefined || only.length < 2 ? undefined : medianInterval(only, { seed })
}

/**
 * The same for all the time that the calls of each process took, rare long ones included, which no median sees: the mean over
 * processes of the log-ratios of their totals, with the interval of Student.
 *
 * @returns undefined where there are not two processes.
 */
export function totalLogRatio({ processes }: Evidence, arm: string, other: string): Interval | undefined {
  if (processes.length < 2) return undefined
  return meanInterval(
    processes.map((group) => Math.log(meanCallMsOf(armOf(group, other)) / meanCallMsOf(armOf(group, arm)))),
  )
}

/**
 * Whether totals contradict medians about which side of a limit a ratio is on: they stand on its two sides, and none of one
 * interval is in the other. Totals alone are too noisy for small differences, since one stall is in them.
 */
export function contradicts(total: Interval, middle: Interval, limit = 0): boolean {
  if (total.estimate > limit === middle.estimate > limit) return false
  return total.high < middle.low || total.low > middle.high
}

/** By how much less time an arm takes, as a share of the other's; negative where it takes more. */
export function lessTime(ratio: Interval): Interval {
  return mapInterval(ratio, (log) => -Math.expm1(-log))
}

function pairs(arm: MeasuredArm, other: MeasuredArm): Float64Array {
  const factor = Math.log(arm.calls / other.calls)
  return pairedLogRatios(arm.batchMs, other.batchMs).map((log) => log + factor)
}

function meanCallMsOf({ calls, batchMs }: MeasuredArm): number {
  return mean(batchMs) / calls
}

/** @throws {RangeError} for an arm that was not measured. */
export function armOf({ arms }: MeasuredGroup, name: string): MeasuredArm {
  const arm = arms.find((each) => each.name === name)
  if (arm === undefined) throw new RangeError(`no benchmark named ${name} was measured`)
  return arm
}
