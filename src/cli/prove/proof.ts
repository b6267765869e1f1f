import type { Replayed } from '../../helpers/budgets/replay.ts'
import type { BudgetPower } from '../../helpers/budgets/replay-power.ts'
import type { Verdict } from '../../helpers/budgets/verdict.ts'
import type { Machine } from '../../helpers/measure/machine.ts'

/** Grows with every change that a reader would notice; see `reports/README.md`. */
export const proofVersion = 1

/** The parts of the proof, in the order in which they are collected and printed. */
export const partNames = ['nulls', 'faults', 'curve', 'agreement', 'replay', 'time'] as const
export type PartName = (typeof partNames)[number]

/** `reports/proof.json`: every trial that was ever made, those of one machine and one set of packages together. */
export interface Proof {
  readonly schemaVersion: typeof proofVersion
  readonly collections: readonly Collection[]
}

/** Trials that were made under the same circumstances, in the order in which they were made. */
export interface Collection extends Circumstances {
  readonly trials: readonly Trial[]
}

/** What trials must have in common to be counted together. */
export interface Circumstances {
  readonly machine: Machine
  /** Node flags of the measuring processes. */
  readonly flags: readonly string[]
  /** Versions of the packages under the clients, by their places in the project, such as `node_modules/axios`. */
  readonly packages: Readonly<Record<string, string>>
}

interface AnyTrial {
  /** What was tried; trials of the same case are counted together. */
  readonly case: string
  /** Digest of the budgets that it was decided by, or of what it was computed from; another one is another case. */
  readonly judgedBy?: string
  readonly seed: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly durationMs: number
}

/** A verdict as a trial keeps it. */
export type TrialVerdict = Pick<Verdict, 'budget' | 'state' | 'reason' | 'measured'>

/** A changed copy of a client against an unchanged one, decided as the gate would. */
export interface DecidedTrial extends AnyTrial {
  readonly part: 'nulls' | 'faults' | 'curve'
  readonly client: string
  readonly scenario: string
  /** What was done to the current arm's packages. */
  readonly change: string
  /** ln of throughput, current against reference, one a replicate. */
  readonly logRatios: readonly number[]
  /** The same from processes of their own. */
  readonly soloLogRatios: readonly number[]
  readonly verdicts: readonly TrialVerdict[]
}

/** One change seen by paired batches and under continuous load. Both ln of throughput, current against reference. */
export interface AgreementTrial extends AnyTrial {
  readonly part: 'agreement'
  readonly paired: number
  readonly loaded: number
}

/** The whole gate without a change. */
export interface TimeTrial extends AnyTrial {
  readonly part: 'time'
  readonly exitCode: number
  /** The record that it left, relative to the project; absent where it left none. */
  readonly record?: string
}

/** What a replay rests on. */
export interface ReplayBasis {
  /** Runs in which nearly every budget was measured. */
  readonly recordedRuns: number
  /** Those of them that the budgets may have been tuned on. */
  readonly tunedOn: number
  /** Classes of machines that they were recorded on. */
  readonly machines: number
  /** Recorded runs that were red as they were recorded, and whether any went beyond the first look, where none can be. */
  readonly counted: { readonly reds: number; readonly canBeRed: boolean }
  /** Kept runs that were judged when they were made, with few pairs each, and those of them with a red. */
  readonly gates: { readonly runs: number; readonly reds: number }
  /** Budgets of the file that scatter. */
  readonly budgets: number
  /** Those that are in no whole run, and are drawn from so many runs of few clients. */
  readonly supplemented: number
  readonly supplementingRuns: readonly number[]
  /** Those that are in no run: how many of each name. */
  readonly missing: Readonly<Record<string, number>>
}

interface AnyReplayTrial extends AnyTrial {
  readonly part: 'replay'
  readonly basis: ReplayBasis
}

/** Simulated runs of the gate, drawn from recorded ones. */
export interface SimulatedTrial extends AnyReplayTrial, Replayed {
  readonly kind: 'runs'
}

/** How often each budget goes red when it alone is worse. */
export interface PowerTrial extends AnyReplayTrial {
  readonly kind: 'power'
  readonly power: readonly BudgetPower[]
}

export type ReplayTrial = SimulatedTrial | PowerTrial

export type Trial = DecidedTrial | AgreementTrial | TimeTrial | ReplayTrial

/** The trials of each part. */
interface TrialsByPart {
  readonly nulls: DecidedTrial
  readonly faults: DecidedTrial
  readonly curve: DecidedTrial
  readonly agreement: AgreementTrial
  readonly replay: ReplayTrial
  readonly time: TimeTrial
}

/** The trials of one part. */
export function ofPart<Name extends PartName>(trials: readonly Trial[], part: Name): readonly TrialsByPart[Name][] {
  return trials.filter((trial): trial is TrialsByPart[Name] => trial.part === part)
}
