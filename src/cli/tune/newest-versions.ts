import { ownCounts } from '../../helpers/budgets/counts.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import type { LearntRun } from './learnt-runs.ts'

/** Runs without what older versions of the clients were measured at, and what was taken away, a line each. */
export interface OfNewestVersions {
  readonly runs: readonly LearntRun[]
  readonly setAside: readonly string[]
}

/**
 * Keeps of every client what was measured with the versions that the newest run has, its own and of those that it was measured
 * beside: a figure that is the mean over two versions is that of neither.
 *
 * @param runs The oldest first.
 */
export function ofNewestVersions(runs: readonly LearntRun[]): OfNewestVersions {
  const newest = new Map<string, string>()
  for (const measurement of runs.flatMap(({ measurements }) => measurements)) {
    for (const [client, version] of versionsIn(measurement)) newest.set(client, version)
  }
  /** The first client of another version, its own first. */
  const oldIn = (measurement: CompletedMeasurement): string | undefined => {
    const found = [...versionsIn(measurement)].find(([client, version]) => version !== newest.get(client))
    if (found === undefined) return undefined
    const [client, version] = found
    const what = client === measurement.client ? client : `${measurement.client} beside ${client}`
    return `${what} of version ${version}; the newest run has ${newest.get(client)}`
  }
  const old = runs.flatMap(({ measurements }) => measurements.flatMap((each) => oldIn(each) ?? []))
  return {
    runs: runs.map((run) => ({ ...run, measurements: run.measurements.filter((each) => oldIn(each) === undefined) })),
    setAside: [...Map.groupBy(old, (what) => what)].map(
      ([what, { length }]) => `set aside (measurements: ${length}): ${what}`,
    ),
  }
}

/** Versions of the libraries that were measured, by client; those that come with Node have none. */
function versionsIn(measurement: CompletedMeasurement): ReadonlyMap<string, string> {
  const { client, load } = measurement
  const own = ownCounts(measurement).map(({ version }) => [client, version] as const)
  const beside = load.flatMap(({ clients }) => clients.map((each) => [each.client, each.counts.version] as const))
  return new Map([...own, ...beside].flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])))
}
