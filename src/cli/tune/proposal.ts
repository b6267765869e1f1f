import {
  type BudgetFile,
  scatteringBudgets,
  scatteringEntries,
  type TunedScenario,
  type TunedValue,
  withEntry,
} from '../../helpers/budgets/budget-file.ts'
import { type ErrorRates, errorRates } from '../../helpers/budgets/decision.ts'
import { budgetAt, exactPlaces, scaleAt } from '../../helpers/budgets/kinds.ts'
import { measuredValues } from '../../helpers/budgets/measured-values.ts'
import {
  type PromisedBudget,
  type PromisedLimit,
  promisedBudgets,
  promisedLimit,
} from '../../helpers/budgets/promises.ts'
import type { ScaleName } from '../../helpers/budgets/scales.ts'
import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { Effort } from '../../helpers/measure/effort.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import { mean } from '../../helpers/statistics/summary.ts'
import { type Comparison, comparedValues, type TunedFigure } from './compared-values.ts'

export type Change = Comparison['change'] | 'new' | 'refused'

/** What is proposed for one entry of the budget file. */
export interface Proposal {
  readonly client: string
  readonly scenario: string
  /** Name of the budget, or what the entry is for where none is stated about it. */
  readonly budget: string
  readonly place: string
  readonly scale: ScaleName
  readonly change: Change
  /** In what it changes, in words; empty where it is new or the same. */
  readonly what: readonly string[]
  /** What the file has; absent where it has nothing. */
  readonly current?: TunedFigure
  readonly proposed: TunedFigure
  /** What the file is to have: the proposed value, or of the current one what has not moved. */
  readonly kept: TunedFigure
  /** What the spec states about it by two distances, beside what the proposed value can keep. */
  readonly promised: readonly PromisedBudget[]
  /** The same for a limit per second. */
  readonly limit?: PromisedLimit
  /** What each run measured, the oldest first, as the mean over its replicates. */
  readonly history: readonly number[]
}

/** What is known about one client and scenario. */
export interface TunedSubject {
  readonly client: string
  readonly scenario: string
  readonly stated: StatedThresholds
  readonly current: TunedScenario
  readonly proposed: TunedScenario
  readonly runs: readonly CompletedMeasurement[]
}

/** What decides what is proposed, as in the gate. */
export interface Circumstances {
  readonly rates: ErrorRates
  readonly effort: Effort
  /** Whether the file was tuned where the runs were measured, so that its values can stay. */
  readonly isTunedHere: boolean
}

/** The rates of the gate for a file. */
export function ratesOf(file: BudgetFile): ErrorRates {
  return errorRates(scatteringBudgets(file))
}

/**
 * What is proposed for every entry that runs tell something about, in the order of the file. What a spec promises is held
 * against what the file is to have: a figure that has not moved keeps its promise as it did.
 */
export function proposalsFor(subject: TunedSubject, circumstances: Circumstances): readonly Proposal[] {
  const { client, scenario, stated, current, proposed, runs } = subject
  const before = new Map(figuresOf(current))
  const compared = figuresOf(proposed).map(([place, figure]) => {
    const had = before.get(place)
    return { place, figure, had, ...changeOf(had, figure, scaleAt(place), circumstances) }
  })
  const next = compared.reduce((tuned, { place, kept }) => withEntry(tuned, place, kept as TunedValue), proposed)
  const promised = Map.groupBy(
    promisedBudgets(stated, `${client} ${scenario}`, next, circumstances),
    ({ place }) => place,
  )
  return compared.map(({ place, figure, had, ...change }) => {
    const limit = place === 'requestsPerSecond' ? promisedLimit(stated, next, circumstances.effort) : undefined
    const promises = promised.get(place) ?? []
    const isKept = promises.every(({ isKept }) => isKept) && (limit?.isKept ?? true)
    return {
      client,
      scenario,
      budget: budgetAt(place) ?? 'arms alone',
      place,
      scale: scaleAt(place),
      ...change,
      ...(isKept ? {} : { change: 'refused' as const }),
      ...(had === undefined ? {} : { current: had }),
      proposed: figure,
      promised: promises,
      ...(limit === undefined ? {} : { limit }),
      history: runs.flatMap((run) => {
        const values = measuredValues(run, place)
        return values.length === 0 ? [] : mean(values)
      }),
    }
  })
}

function changeOf(
  current: TunedFigure | undefined,
  proposed: TunedFigure,
  scale: ScaleName,
  { isTunedHere }: Circumstances,
): Pick<Proposal, 'change' | 'what' | 'kept'> {
  if (current === undefined) return { change: 'new', what: [], kept: proposed }
  const compared = comparedValues(current, proposed, scale)
  if (isTunedHere) return compared
  // What was tuned on another machine does not stay beside what was tuned on this one.
  const { change, what } = compared
  return change === 'same'
    ? { change: 'tighter', what: ['another machine'], kept: proposed }
    : { change, what, kept: proposed }
}

/** The places of every entry that says what to expect. */
export function placesOf(tuned: TunedScenario): readonly string[] {
  return figuresOf(tuned).map(([place]) => place)
}

/** Every entry by its place, those that scatter first. */
function figuresOf(tuned: TunedScenario): (readonly [place: string, figure: TunedFigure])[] {
  return [
    ...scatteringEntries(tuned).map(({ place, value }) => [place, value] as const),
    ...exactPlaces.flatMap((place) => {
      const value = tuned[place]
      return value === undefined ? [] : [[place, value] as const]
    }),
  ]
}
