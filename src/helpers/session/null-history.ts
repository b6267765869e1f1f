import type { TunedScenario } from '../budgets/budget-file.ts'
import { nullNoise } from '../budgets/noise.ts'
import type { Measurement } from '../measure/result.ts'

/** How far this run's A/A pairs were from the equality that they have. */
export class NullHistory {
  readonly #deviations = new Map<string, readonly number[]>()

  /**
   * Takes note of a measurement's A/A pair, if it has one whose scatter is known. A later look holds the replicates of the
   * earlier ones and takes their place, so that none counts twice.
   */
  add(measurement: Measurement, { reference }: TunedScenario): void {
    if (measurement.state === 'invalid' || reference === undefined) return
    const { pair, client, scenario } = measurement
    if (pair.state !== 'measured' || !pair.sameFiles) return
    const deviations = pair.replicates.map(({ logRatio }) => logRatio.estimate / reference.scatter)
    this.#deviations.set(`${client} ${scenario}`, deviations)
  }

  /** Whether there is no A/A pair yet that could tell. */
  get isEmpty(): boolean {
    return this.#deviations.size === 0
  }

  /** Why the run is too noisy, if so. */
  get noise(): string | undefined {
    return nullNoise([...this.#deviations.values()].flat())
  }
}
