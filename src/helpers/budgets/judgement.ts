import { measuringFlags } from '../measure/environment.ts'
import type { Machine } from '../measure/machine.ts'
import type { CompletedMeasurement, Measurement } from '../measure/result.ts'
import { type BudgetFile, scatteringBudgets, type TunedScenario, tunedFor } from './budget-file.ts'
import { type ErrorRates, errorRates } from './decision.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'

/** What judging needs beside the measurement. */
export interface JudgingContext {
  readonly budgets: BudgetFile
  readonly budgetFileName: string
  readonly machine: Pick<Machine, 'class' | 'node'>
}

/** A measurement on its way to a verdict about one budget. */
export interface Case {
  readonly measurement: CompletedMeasurement
  readonly budget: string
  readonly tuned: TunedScenario
  readonly rates: ErrorRates
  /** Factor on the tuned scatter: 1 on the machine class of the tuning. */
  readonly inflation: number
  /** Whether this machine is of the class that the budgets were tuned on, with the same Node and flags. */
  readonly sameMachineClass: boolean
  /** Makes the verdict out of what is special to it. */
  verdict(special: Omit<Verdict, 'client' | 'scenario' | 'budget' | 'sameFiles' | 'treeChanged'>): Verdict
  /** The tuned value of that name. @throws {UsageError} when the file has none. */
  need<Name extends keyof TunedScenario>(name: Name): NonNullable<TunedScenario[Name]>
}

/**
 * Between-process scatter on a machine of another class is not known beforehand. It is assumed to be at most twice the
 * tuned one; the run's own scatter still counts where it is larger.
 */
const inflationElsewhere = 2

/**
 * Opens the case of one budget, or closes it at once: what was invalid stays invalid.
 *
 * @returns The case, or the verdict.
 */
export function openCase(measurement: Measurement, budget: string, context: JudgingContext): Case | Verdict {
  const { client, scenario } = measurement
  const about = { client, scenario, budget }
  if (measurement.state === 'invalid') {
    const { reason } = measurement
    return { ...about, state: 'invalid', reason, compared: 'nothing', sameFiles: false, treeChanged: false }
  }
  const tuned = tunedFor(context.budgets, client, scenario)
  const sameMachineClass = isSameMachineClass(context)
  const { pair } = measurement
  const sameFiles = pair.state === 'same files' || (pair.state === 'measured' && pair.sameFiles)
  return {
    measurement,
    budget,
    tuned,
    rates: errorRates(scatteringBudgets(context.budgets)),
    inflation: sameMachineClass ? 1 : inflationElsewhere,
    sameMachineClass,
    verdict: (special) => ({
      ...about,
      ...special,
      sameFiles: sameFiles && budget.endsWith('against reference'),
      treeChanged: pair.state === 'no reference' ? pair.treeChanged : !sameFiles,
    }),
    need: (name) => {
      const value = tuned[name]
      if (value === undefined) throw missingEntry(context, client, scenario, name)
      return value as NonNullable<typeof value>
    },
  }
}

/** Figures of two machines are comparable only on one runtime: a declared class does not say which Node runs. */
function isSameMachineClass({ machine, budgets: { tuned } }: JudgingContext): boolean {
  const sameFlags = tuned.flags.join(' ') === measuringFlags.join(' ')
  return machine.class === tuned.machine.class && machine.node === tuned.node && sameFlags
}

/** A case in messages: client, scenario and budget. */
export function nameOf({ measurement, budget }: Pick<Case, 'measurement' | 'budget'>): string {
  return `${measurement.client} ${measurement.scenario}, ${budget}`
}

/** A budget is stated in a spec, and the budget file does not know what to expect. */
export function missingEntry(context: JudgingContext, client: string, scenario: string, entry: string): UsageError {
  return new UsageError(
    `${context.budgetFileName}: /clients/${client}/${scenario}/${entry} is missing; a spec states a budget that was ` +
      'never tuned. Measure it a few times and run `npm run perf:budgets` to add what is expected.',
  )
}
