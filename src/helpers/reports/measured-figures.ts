import { ownCounts, perRequest } from '../budgets/counts.ts'
import { loadOf, throughputIn, windowsAt } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Window } from '../measure/job.ts'
import type { CompletedMeasurement, LoadReplicate } from '../measure/result.ts'
import { type Interval, mapInterval } from '../statistics/interval.ts'
import { intervalOf, replicateMean } from '../statistics/replicates.ts'
import { mean, median } from '../statistics/summary.ts'

/** Requests per second of the measured client, one for each replicate in which it was loaded. */
export function throughputs({ load, client }: CompletedMeasurement): number[] {
  return load
    .filter((replicate) => loadOf(replicate, client) !== undefined)
    .map((replicate) => throughputIn(replicate, client))
}

/** Requests per second of the measured client; undefined where it was not loaded. */
export function requestsPerSecond(measurement: CompletedMeasurement): number | undefined {
  const sample = throughputs(measurement)
  return sample.length === 0 ? undefined : median(sample)
}

/** Throughput as a share of another client's, over the replicates in which both were measured. */
export function shareOf(load: readonly LoadReplicate[], client: string, other: string): number | undefined {
  const both = load.filter((replicate) => [client, other].every((name) => loadOf(replicate, name) !== undefined))
  if (both.length === 0) return undefined
  return median(both.map((replicate) => throughputIn(replicate, client) / throughputIn(replicate, other)))
}

/** Bytes that the client allocated per request under load; undefined where Node could not tell. */
export function allocatedBytes({ load, client }: CompletedMeasurement): number | undefined {
  const allocated = load.flatMap((replicate) => loadOf(replicate, client)?.allocatedBytesPerRequest ?? [])
  return allocated.length === 0 ? undefined : mean(allocated)
}

/** What the target counted for the client in the first of its processes; undefined where it was not asked for anything. */
export function firstCounts(measurement: CompletedMeasurement) {
  return ownCounts(measurement)[0]
}

/** Bytes that the client sent per request; undefined where nothing was sent, because a mock answers. */
export function sentBytes(measurement: CompletedMeasurement): number | undefined {
  const counts = firstCounts(measurement)
  return counts === undefined || counts.requests === 0 ? undefined : perRequest(counts, 'bytesIn')
}

/** The windows of the measured client in all replicates. */
export function windowsOf({ load, client }: CompletedMeasurement): readonly Window[] {
  return load.flatMap((replicate) => loadOf(replicate, client)?.windows ?? [])
}

/** A figure about the bursts of the measured client in all replicates, in milliseconds; undefined where it was not loaded. */
export function burstMs(
  measurement: CompletedMeasurement,
  figure: (sample: readonly number[]) => number,
): number | undefined {
  const durations = windowsOf(measurement).map(({ durationMs }) => durationMs)
  return durations.length === 0 ? undefined : figure(durations)
}

/** The points of a sweep that were measured, in order; empty without one. */
export function pointsOf(measurements: readonly CompletedMeasurement[]): number[] {
  const points = measurements.flatMap(windowsOf).flatMap(({ point }) => point ?? [])
  return [...new Set(points)].toSorted((one, other) => one - other)
}

/** Requests per second at one point of a sweep; undefined where it was not measured. */
export function requestsPerSecondAt({ load, client }: CompletedMeasurement, point: number): number | undefined {
  const measured = load.filter((replicate) => {
    const found = loadOf(replicate, client)
    return found !== undefined && windowsAt(found, point).length > 0
  })
  return measured.length === 0 ? undefined : median(measured.map((replicate) => throughputIn(replicate, client, point)))
}

/**
 * The change of throughput against the reference as a share, with the interval that the verdict rests on; without a
 * verdict, with that of the run's own scatter. Undefined where no pair was measured.
 */
export function changeAgainstReference(
  { pair }: CompletedMeasurement,
  verdicts: readonly Verdict[],
): Interval | undefined {
  if (pair.state !== 'measured') return undefined
  const estimates = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  const byRun = mapInterval(intervalOf(replicateMean(estimates, 0)), Math.exp)
  const judged = verdicts.find(({ budget }) => budget === 'throughput against reference')?.measured
  return mapInterval(judged ?? byRun, (ratio) => ratio - 1)
}

/** What equal code differed by: the gate's own noise, as logarithms, one an A/A replicate. */
export function differencesOfNulls(completed: readonly CompletedMeasurement[]): readonly number[] {
  return completed.flatMap(({ pair }) =>
    pair.state === 'measured' && pair.sameFiles ? pair.replicates.map(({ logRatio }) => logRatio.estimate) : [],
  )
}
