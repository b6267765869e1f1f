import { type BudgetFile, tunedFor } from '../../helpers/budgets/budget-file.ts'
import { controlDifference } from '../../helpers/budgets/control.ts'
import { referenceKinds } from '../../helpers/budgets/kinds.ts'
import { measuredValues } from '../../helpers/budgets/measured-values.ts'
import { gateEffort, looksOf } from '../../helpers/measure/effort.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import { placesOf } from './proposal.ts'
import { type Whereabouts, whereaboutsOf } from './reason-against.ts'
import { reliablePart } from './reliable-part.ts'

/** What a run measured of an entry of the budget file. */
export interface MeasuredValue {
  readonly client: string
  readonly scenario: string
  readonly place: string
  /** When, ISO 8601. */
  readonly at: string
  /** One a replicate; empty where nothing of it was measured. */
  readonly values: readonly number[]
  /**
   * Whether it tells nothing about the client: the machine was too noisy, the target saturated, or for what is measured under
   * load the machine another than at tuning by its control.
   */
  readonly isDoubtful: boolean
}

/** What is kept of a run in memory: a thousand of them are checked at once. */
export interface RunValues {
  readonly whereabouts: Whereabouts
  readonly values: readonly MeasuredValue[]
}

/** What a run measured of everything that the budget file has entries for. */
export function runValues(record: RunRecord, file: BudgetFile): RunValues {
  const values = record.entries.flatMap(({ measurement }) =>
    measurement.state === 'completed' ? valuesOf(measurement, file) : [],
  )
  return { whereabouts: whereaboutsOf(record), values }
}

function valuesOf(measurement: CompletedMeasurement, file: BudgetFile): readonly MeasuredValue[] {
  const { client, scenario, startedAt: at } = measurement
  const tuned = tunedFor(file, client, scenario)
  const { measurement: reliable } = reliablePart(measurement)
  const isOther = controlDifference(measurement, file, looksOf(gateEffort).load[0]) !== undefined
  return placesOf(tuned).flatMap((place) => {
    const values = measuredValues(measurement, place)
    if (values.length === 0) return []
    const isUnderLoad = referenceKinds.every((kind) => kind.place !== place) && !/Bytes$/.test(place)
    const isUnreliable = reliable === undefined || measuredValues(reliable, place).length === 0
    return { client, scenario, place, at, values, isDoubtful: isUnreliable || (isOther && isUnderLoad) }
  })
}
