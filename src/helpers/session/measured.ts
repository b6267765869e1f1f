import type { Evidence, Measurement } from '../measure/result.ts'
import type { ReplicateMs } from './pace.ts'

/** What came of asking for more evidence. */
export type More =
  | { readonly state: 'measured' }
  /** There is no more to be had, and why, in words. */
  | {
      readonly state: 'ended'
      readonly reason: string
      /** What more would take; only where time is all that was lacking. */
      readonly replicateMs?: ReplicateMs
    }

/** A measurement that can be given more evidence: what `measure` resolves to and `expect` is handed. */
export interface Measured {
  /** As far as it has come. */
  readonly measurement: Measurement
  /** Has the next look of each of these measured. Asked while it is at it, it measures nothing more than that. */
  more(evidence: readonly Evidence[]): Promise<More>
  /**
   * Has an A/A of its reference measured for the noise of the run, unless the run has one. None of it becomes part of the
   * measurement. Does nothing where it cannot, or when the time of the run is over.
   */
  measureNull(): Promise<void>
}

/** Measures the next look. */
type Extend = (measurement: Measurement, evidence: readonly Evidence[]) => Promise<Measurement | More>

/** A measurement that grows by measuring. */
export class GrowingMeasurement implements Measured {
  #measurement: Measurement
  #growing: Promise<More> | undefined
  readonly #extend: Extend
  readonly measureNull: Measured['measureNull']

  /** @param measureNull Default: it cannot. */
  constructor(first: Measurement, extend: Extend, measureNull: Measured['measureNull'] = async () => {}) {
    this.#measurement = first
    this.#extend = extend
    this.measureNull = measureNull
  }

  get measurement(): Measurement {
    return this.#measurement
  }

  more(evidence: readonly Evidence[]): Promise<More> {
    this.#growing ??= this.#grow(evidence).finally(() => {
      this.#growing = undefined
    })
    return this.#growing
  }

  async #grow(evidence: readonly Evidence[]): Promise<More> {
    const result = await this.#extend(this.#measurement, evidence)
    if ('client' in result) {
      this.#measurement = result
      return { state: 'measured' }
    }
    return result
  }
}

/** A measurement that was made earlier, and is what it is. */
export function recordedMeasurement(measurement: Measurement): Measured {
  return {
    measurement,
    more: async () => ({ state: 'ended', reason: 'it was recorded earlier' }),
    measureNull: async () => {},
  }
}
