import type { Measurement } from '../measure/result.ts'
import { type JudgingContext, nameOf, openCase } from './judgement.ts'
import { measuredLoad } from './load-evidence.ts'
import { judgeAgainstTuned } from './scattering.ts'
import { distancesOf, type Thresholds } from './thresholds.ts'
import { throughputIn, unlessSaturated } from './throughput.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** Two points of a sweep: numbers in flight, or handlers of a mock. */
export interface ScalingPoints {
  /** The point that the other is compared with. */
  readonly from: number
  /** The point whose throughput is held: mostly the greater one. */
  readonly to: number
}

/** The two points as budget files and verdicts name them: `512 against 16`. */
export function scalingName({ from, to }: ScalingPoints): string {
  return `${to} against ${from}`
}

/** The points of a name that {@link scalingName} gave; undefined for any other. */
export function scalingPoints(name: string): ScalingPoints | undefined {
  const [, to, from] = /^(\d+) against (\d+)$/.exec(name) ?? []
  return to === undefined || from === undefined ? undefined : { from: Number(from), to: Number(to) }
}

/** ln of the throughput at one point of a sweep relative to that at another, in each replicate. */
export function scalingLogs(
  { load, client }: Pick<Extract<Measurement, { state: 'completed' }>, 'load' | 'client'>,
  { from, to }: ScalingPoints,
): number[] {
  return load.map((replicate) => Math.log(throughputIn(replicate, client, to) / throughputIn(replicate, client, from)))
}

/**
 * Judges what remains of the throughput at one point of a sweep at another: a pool that scans all connections for all
 * waiting requests loses more of it the more there are (FIELD section 1).
 *
 * @throws {UsageError} when the scenario is no sweep over these points, the budget was never tuned, or the thresholds make
 * no sense.
 */
export function judgeScaling(
  measurement: Measurement,
  points: ScalingPoints,
  thresholds: Thresholds,
  context: JudgingContext,
): Verdict {
  const name = scalingName(points)
  const opened = openCase(measurement, `throughput at ${name}`, context)
  if ('state' in opened) return opened
  if (points.from >= points.to) {
    throw new UsageError(
      `${nameOf(opened)}: toScale goes from ${points.from} to ${points.to}; expected a smaller number first, because what is ` +
        'held is what is left at many',
    )
  }
  measuredLoad(opened)
  const swept = opened.measurement.load.flatMap(
    ({ clients: [own] }) => own?.windows.flatMap(({ point }) => point ?? []) ?? [],
  )
  for (const point of [points.from, points.to]) {
    if (swept.includes(point)) continue
    const known = [...new Set(swept)].toSorted((one, other) => one - other)
    throw new UsageError(
      `${nameOf(opened)}: toScale knows no point ${point}; ` +
        (known.length === 0 ? 'the scenario is no sweep' : `expected two of ${known.join(', ')}`),
    )
  }
  const tuned = opened.tuned.scaling?.[name]
  if (tuned === undefined) throw opened.missing(`scaling/${name}`)
  const { client } = opened.measurement
  const verdict = judgeAgainstTuned(opened, tuned, {
    gains: scalingLogs(opened.measurement, points).map((log) => log - Math.log(tuned.expected)),
    distances: distancesOf(thresholds, nameOf(opened), 'throughput'),
    scale: 'throughput',
    unit: 'ratio',
    compared: `${client} at ${points.to} with itself at ${points.from}, windows taking turns`,
    inWords: (gain) => {
      const change = Math.abs(Math.expm1(gain)) * 100
      return `what remains of the throughput is ${change.toFixed(1)} % ${gain < 0 ? 'below' : 'above'} what is expected`
    },
  })
  return [points.from, points.to].reduce((judged, point) => unlessSaturated(opened, judged, [client], point), verdict)
}
