import { ownCounts } from '../../helpers/budgets/counts.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import type { LearntRun } from './learnt-runs.ts'

/** Runs without what older versions of the clients were measured at, and what was taken away, a line each. */
export interface OfNewestVersions {
  readonly runs: readonly LearntRun[]
  readonly setAside: readonly string[]
}

/**
 * Keeps of every client what was measured with the version that the newest run has: a figure that is the mean over two
 * versions is that of neither.
 *
 * @param runs The oldest first.
 */
export function ofNewestVersions(runs: readonly LearntRun[]): OfNewestVersions {
  const newest = new Map<string, string>()
  for (const measurement of runs.flatMap(({ measurements }) => measurements)) {
    const version = versionOf(measurement)
    if (version !== undefined) newest.set(measurement.client, version)
  }
  const isOld = (measurement: CompletedMeasurement): boolean => {
    const version = versionOf(measurement)
    return version !== undefined && version !== newest.get(measurement.client)
  }
  const old = runs.flatMap(({ measurements }) => measurements.filter(isOld))
  const byVersion = Map.groupBy(old, (measurement) => `${measurement.client} of version ${versionOf(measurement)}`)
  return {
    runs: runs.map((run) => ({ ...run, measurements: run.measurements.filter((each) => !isOld(each)) })),
    setAside: [...byVersion].map(
      ([what, { length, 0: first }]) =>
        `set aside: ${what} (measurements: ${length}); the newest run has ${newest.get(first?.client ?? '')}`,
    ),
  }
}

function versionOf(measurement: CompletedMeasurement): string | undefined {
  return ownCounts(measurement)[0]?.version
}
