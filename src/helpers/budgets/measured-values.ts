import type { CompletedMeasurement } from '../measure/result.ts'
import { ownAllocation } from './allocation.ts'
import { ownCounts, perRequest } from './counts.ts'
import { referenceKinds } from './kinds.ts'
import { ownRetained } from './own-retention.ts'
import { scales } from './scales.ts'
import { scalingPoints } from './scaling.ts'
import { delayKinds, delaysOf } from './service.ts'
import { throughputIn, wasLoaded } from './throughput.ts'

const exactCounters = { requestBytes: 'bytesIn', responseBytes: 'bytesOut' } as const

/**
 * What a run measured of the value at a place of the budget file, in its unit.
 *
 * @param place Such as `reference`, `tail/p90`, `against/http` or `requestBytes`.
 * @returns One a replicate; empty where it was not measured.
 */
export function measuredValues(run: CompletedMeasurement, place: string): readonly number[] {
  const { client, load, pair } = run
  const kind = referenceKinds.find((each) => each.place === place)
  if (kind !== undefined) {
    const { equal, valueAt } = scales[kind.scale]
    return pair.state === 'measured' ? kind.gains(pair).map((gain) => valueAt(equal, gain)) : []
  }
  const loaded = load.filter((replicate) => wasLoaded(replicate, client))
  const [, other] = /^against\/(.+)$/.exec(place) ?? []
  if (other !== undefined) {
    return loaded
      .filter((replicate) => wasLoaded(replicate, other))
      .map((replicate) => throughputIn(replicate, client) / throughputIn(replicate, other))
  }
  const points = scalingPoints(place.replace(/^scaling\//, ''))
  if (points !== undefined) {
    return load
      .filter((replicate) => wasLoaded(replicate, client, points.from) && wasLoaded(replicate, client, points.to))
      .map((replicate) => throughputIn(replicate, client, points.to) / throughputIn(replicate, client, points.from))
  }
  const delay = Object.values(delayKinds).find((each) => each.place === place)
  if (delay !== undefined) return delaysOf(run, delay.place)
  switch (place) {
    case 'requestsPerSecond':
      return loaded.map((replicate) => throughputIn(replicate, client))
    case 'allocatedBytesPerRequest':
      return ownAllocation(run)
    case 'ownRetainedBytesPerRequest':
      return ownRetained(run)
    case 'requestBytes':
    case 'responseBytes':
      // What a mock answers never comes to the wire.
      return ownCounts(run)
        .filter(({ requests }) => requests > 0)
        .map((counts) => perRequest(counts, exactCounters[place]))
    default:
      return []
  }
}
