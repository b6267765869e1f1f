import { tunedFor } from '../../helpers/budgets/budget-file.ts'
import { inflationElsewhere, isTunedMachine, type JudgingContext } from '../../helpers/budgets/judgement.ts'
import type { Verdict } from '../../helpers/budgets/verdict.ts'
import type { CompletedMeasurement, Measurement } from '../../helpers/measure/result.ts'
import type { ClientComparison, SideLabel, Way } from '../../helpers/reports/comparison.ts'
import { type Interval, mapInterval } from '../../helpers/statistics/interval.ts'
import { intervalOf, replicateMean } from '../../helpers/statistics/replicates.ts'
import type { ComparisonWay } from './plan.ts'
import type { Side, Sides } from './side.ts'

interface Outcome {
  readonly sides: Sides
  readonly way: ComparisonWay
  readonly because: readonly string[]
  readonly measurement: Measurement
  readonly verdicts: readonly Verdict[]
  readonly judging: JudgingContext
  /** Of the run, with which everything can be repeated. */
  readonly seed: number
}

/** What became of a client under a scenario, for the report. */
export function outcomeOf({ sides, way, because, measurement, verdicts, judging, seed }: Outcome): ClientComparison {
  const completed = measurement.state === 'completed' ? measurement : undefined
  const throughput = completed && throughputOf(completed, judging)
  const { client, scenario, durationMs } = measurement
  return {
    client,
    scenario,
    base: labelOf(sides.base, sides.head, 'reference', completed),
    head: labelOf(sides.head, sides.base, 'current', completed),
    way: wayInWords(way),
    because,
    ...(throughput === undefined ? {} : { throughput }),
    verdicts,
    replicates: completed?.pair.state === 'measured' ? completed.pair.replicates.length : 0,
    seed,
    durationMs,
  }
}

function wayInWords({ turns }: ComparisonWay): Way {
  return turns === undefined ? { kind: 'one process' } : { kind: 'processes taking turns', reason: turns }
}

/** Between two versions of Node those are told, else those of the library. */
function labelOf(side: Side, other: Side, arm: string, measurement: CompletedMeasurement | undefined): SideLabel {
  const replicates = measurement?.pair.state === 'measured' ? measurement.pair.replicates : []
  const counted = replicates[0]?.counts.find((each) => each.arm === arm)
  const node = side.node?.version ?? (other.node === undefined ? undefined : process.versions.node)
  const version = node ?? side.library?.version ?? counted?.version
  return version === undefined ? { name: side.name } : { name: side.name, version }
}

/** The ratio of throughput, head to base, with the interval that the known scatter gives it. */
export function throughputOf(measurement: CompletedMeasurement, judging: JudgingContext): Interval | undefined {
  const { pair, client, scenario } = measurement
  if (pair.state !== 'measured' || pair.replicates.length === 0) return undefined
  const scatter = tunedFor(judging.budgets, client, scenario).reference?.scatter ?? 0
  const inflation = isTunedMachine(judging) ? 1 : inflationElsewhere
  const gains = pair.replicates.map(({ logRatio }) => logRatio.estimate)
  return mapInterval(intervalOf(replicateMean(gains, scatter * inflation)), Math.exp)
}
