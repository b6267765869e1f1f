import type { ReplicateTimes } from '../../helpers/budgets/replay.ts'
import { replicatesOf } from '../../helpers/measure/measurement.ts'
import type { CompletedMeasurement, Evidence } from '../../helpers/measure/result.ts'

const kinds: readonly Evidence[] = ['pair', 'load', 'retention', 'solo']

/** What the effort of the gate says that a replicate takes, in milliseconds; see `gateEffort`. */
const stated: ReplicateTimes = { pair: 2_300, load: 3_500, retention: 3_000, solo: 2_500 }

/** After so many the result moves by less than anything that is printed. */
const iterations = 500

/**
 * What a replicate of each kind of evidence takes, from the durations of whole measurements and how many replicates each
 * holds: iterative scaling from what the effort states (Richardson 1972, Lucy 1974; doi:10.1364/JOSA.62.000055,
 * doi:10.1086/111605). Times stay positive. Kinds that always come together in the same numbers, as pair, retention and
 * solo in runs of tuning, cannot be told apart, and keep the proportions of the effort; their sum is right.
 */
export function replicateTimes(measurements: readonly CompletedMeasurement[]): ReplicateTimes {
  const rows = measurements.map((measurement) => ({
    ms: measurement.durationMs,
    counts: kinds.map((kind) => replicatesOf(measurement, kind)),
  }))
  let times = kinds.map((kind) => stated[kind])
  for (let iteration = 0; iteration < iterations; iteration++) {
    const weights = kinds.map(() => ({ seen: 0, wanted: 0 }))
    for (const { ms, counts } of rows) {
      const modelled = counts.reduce((sum, count, place) => sum + count * (times[place] ?? 0), 0)
      if (modelled === 0) continue
      for (const [place, weight] of weights.entries()) {
        weight.seen += counts[place] ?? 0
        weight.wanted += ((counts[place] ?? 0) * ms) / modelled
      }
    }
    times = times.map((time, place) => {
      const { seen = 0, wanted = 0 } = weights[place] ?? {}
      return seen === 0 ? time : (time * wanted) / seen
    })
  }
  const [pair = 0, load = 0, retention = 0, solo = 0] = times
  return { pair, load, retention, solo }
}
