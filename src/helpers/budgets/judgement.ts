import { measuringFlags } from '../measure/environment.ts'
import type { Machine } from '../measure/machine.ts'
import type { CompletedMeasurement, Evidence, Measurement } from '../measure/result.ts'
import { type BudgetFile, scatteringBudgets, type TunedScenario, tunedFor } from './budget-file.ts'
import { controlDifference } from './control.ts'
import { type ErrorRates, errorRates, type Limits, type Looks } from './decision.ts'
import { machineNoise } from './noise.ts'
import type { ScaleName } from './scales.ts'
import { UsageError } from './usage-error.ts'
import type { Verdict } from './verdict.ts'
import { factsApart } from './whereabouts.ts'

/** What judging needs beside the measurement. */
export interface JudgingContext {
  readonly budgets: BudgetFile
  readonly budgetFileName: string
  readonly machine: Pick<Machine, 'class' | 'node'>
  /** After how many replicates of each kind of evidence budgets are looked at. */
  readonly looks: Readonly<Record<Evidence, Looks>>
  /** Why the run as a whole is too noisy for the stated error rates, as far as it has come; undefined when it is not. */
  readonly runNoise: () => string | undefined
  /** Told what every decision about a value that scatters rests on, so that recorded runs can be decided again. */
  readonly onDecision?: (basis: DecisionBasis) => void
}

/** What a decision about a value that scatters rests on. */
export interface DecisionBasis {
  readonly client: string
  readonly scenario: string
  readonly budget: string
  readonly evidence: Evidence
  readonly scale: ScaleName
  /** Relative to what is expected, larger is better; one a replicate. */
  readonly gains: readonly number[]
  /** Known scatter of a gain between replicates. */
  readonly scatter: number
  readonly tunedReplicates?: number
  readonly limits: Limits
  readonly looks: Looks
}

/** A measurement on its way to a verdict about one budget. */
export interface Case {
  readonly measurement: CompletedMeasurement
  readonly budget: string
  readonly tuned: TunedScenario
  readonly rates: ErrorRates
  /** Whether this machine is of the class that the budgets were tuned on, with the same Node and flags. */
  readonly sameMachineClass: boolean
  /**
   * Whether it is also about as fast, by the control that was measured beside: what is measured under load is compared
   * with figures of the tuning, and moves with the machine. Arms of a pair are compared with each other on any.
   */
  readonly asFast: boolean
  /** What differs from the machine of the tuning, in words. */
  readonly machineDifference: string
  readonly looks: JudgingContext['looks']
  /** Why the machine was too noisy to tell, if it was. */
  readonly noise: string | undefined
  /** Makes the verdict out of what is special to it. */
  verdict(special: Omit<Verdict, 'client' | 'scenario' | 'budget' | 'sameFiles' | 'treeChanged'>): Verdict
  /** The tuned value of that name. @throws {UsageError} when the file has none. */
  need<Name extends keyof TunedScenario>(name: Name): NonNullable<TunedScenario[Name]>
  /** A budget is stated in a spec, and the budget file does not know what to expect. @param place Such as `tail/p90`. */
  missing(place: string): UsageError
  /** Takes note of what a decision rests on. */
  note(basis: Omit<DecisionBasis, 'client' | 'scenario' | 'budget'>): void
}

/**
 * Between-process scatter on a machine of another class is not known beforehand. It is assumed to be at most twice the
 * tuned one; the run's own scatter still counts where it is larger.
 */
export const inflationElsewhere = 2

/** Factor on the tuned scatter of such evidence: 1 where the machine is the one of the tuning. */
export function inflationOf({ asFast, sameMachineClass }: Case, evidence: Evidence): number {
  return (evidence === 'load' ? asFast : sameMachineClass) ? 1 : inflationElsewhere
}

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
  const ofClass = machineDifferences(context)
  const speed = controlDifference(measurement, context.budgets, context.looks.load[0])
  const differences = [...ofClass, ...(speed === undefined ? [] : [speed])]
  const sameMachineClass = ofClass.length === 0
  const { pair } = measurement
  const missing = (place: string): UsageError =>
    new UsageError(
      `${context.budgetFileName}: /clients/${client}/${scenario}/${place} is missing; a spec states a budget that was ` +
        'never tuned. `wiregauge tune --missing --write` measures it a few times and adds what is expected.',
    )
  const sameFiles = pair.state === 'same files' || (pair.state === 'measured' && pair.sameFiles)
  return {
    measurement,
    budget,
    tuned,
    rates: errorRates(scatteringBudgets(context.budgets)),
    sameMachineClass,
    asFast: differences.length === 0,
    machineDifference: `another machine than the tuned one (${differences.join(', ')})`,
    looks: context.looks,
    // How A/A pairs scatter on another class is not known, so that it cannot be too much there.
    noise: machineNoise(measurement.machineState) ?? (sameMachineClass ? context.runNoise() : undefined),
    verdict: (special) => ({
      ...about,
      ...special,
      sameFiles: sameFiles && budget.endsWith('against reference'),
      treeChanged: pair.state === 'no reference' ? pair.treeChanged : !sameFiles,
    }),
    need: (name) => {
      const value = tuned[name]
      if (value === undefined) throw missing(name)
      return value as NonNullable<typeof value>
    },
    missing,
    note: (basis) => context.onDecision?.({ ...about, ...basis }),
  }
}

/** Whether this machine is of the class of the tuning, with its Node and flags, so that it is known how much is too noisy. */
export function isTunedMachine(context: JudgingContext): boolean {
  return machineDifferences(context).length === 0
}

function machineDifferences({ machine, budgets: { tuned } }: JudgingContext): string[] {
  const here = { machine: machine.class, node: machine.node, flags: measuringFlags }
  const there = { machine: tuned.machine.class, node: tuned.node, flags: tuned.flags }
  return factsApart(here, there).map(
    ({ fact, one, other }) => `${fact === 'machine' ? 'class' : fact} ${one}, tuned on ${other}`,
  )
}

/** A case in messages: client, scenario and budget. */
export function nameOf({ measurement, budget }: Pick<Case, 'measurement' | 'budget'>): string {
  return `${measurement.client} ${measurement.scenario}, ${budget}`
}
