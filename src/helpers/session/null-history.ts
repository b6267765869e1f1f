import type { TunedScenario } from '../budgets/budget-file.ts'
import { nullNoise } from '../budgets/noise.ts'
import type { Measurement } from '../measure/result.ts'
import { rootMeanSquare } from '../statistics/summary.ts'

/** An A/A pair of a run. */
interface NullPair {
  readonly client: string
  readonly scenario: string
  /** Of throughput, one a replicate. */
  readonly logRatios: readonly number[]
}

/** How far this run's A/A pairs were from the equality that they have. */
export class NullHistory {
  readonly #deviations = new Map<string, readonly number[]>()
  readonly #pairs = new Map<string, NullPair>()

  /**
   * Takes note of a measurement's A/A pair, if it has one in one process; whether the run is noisy is told by those whose
   * scatter is known. A later look holds the replicates of the earlier ones and takes their place, so that none counts twice.
   */
  add(measurement: Measurement, { reference }: TunedScenario): void {
    if (measurement.state === 'invalid') return
    const { pair, client, scenario } = measurement
    if (pair.state !== 'measured' || !pair.sameFiles || pair.turns !== undefined) return
    const logRatios = pair.replicates.map(({ logRatio }) => logRatio.estimate)
    this.#pairs.set(`${client} ${scenario}`, { client, scenario, logRatios })
    if (reference === undefined) return
    this.#deviations.set(
      `${client} ${scenario}`,
      logRatios.map((logRatio) => logRatio / reference.scatter),
    )
  }

  /** Whether there is no A/A pair yet that could tell. */
  get isEmpty(): boolean {
    return this.#deviations.size === 0
  }

  /** All of them, each as far as it has come. */
  get pairs(): readonly NullPair[] {
    return [...this.#pairs.values()].filter(({ logRatios }) => logRatios.length > 0)
  }

  /** By how much equal code differed, as a share: the root mean square over all replicates; undefined without any. */
  get difference(): number | undefined {
    return nullDifference(this.pairs.flatMap(({ logRatios }) => logRatios))
  }

  /** Why the run is too noisy, if so. */
  get noise(): string | undefined {
    return nullNoise([...this.#deviations.values()].flat())
  }
}

/** By how much equal code differed, as a share. @param logRatios One a replicate. @returns Undefined without any. */
export function nullDifference(logRatios: readonly number[]): number | undefined {
  return logRatios.length === 0 ? undefined : Math.expm1(rootMeanSquare(logRatios))
}
