import type { Evidence, Measurement } from '../measure/result.ts'

/** How many replicates of each kind of evidence something rests on. */
export type Replicates = Readonly<Record<Evidence, number>>

/** A measurement as it was when it had no more than so many replicates of each kind; what is invalid stays so. */
export function cutTo(measurement: Measurement, { pair: pairs, load, retention, solo }: Replicates): Measurement {
  if (measurement.state === 'invalid') return measurement
  const { pair } = measurement
  return {
    ...measurement,
    load: measurement.load.slice(0, load),
    pair:
      pair.state === 'measured'
        ? {
            ...pair,
            replicates: pair.replicates.slice(0, pairs),
            retention: pair.retention.slice(0, retention),
            solo: pair.solo.slice(0, solo),
          }
        : pair,
  }
}
