import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import type { Percent } from '../../helpers/budgets/thresholds.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
import type { Comparison, MethodsCompared } from '../../helpers/trials/compare-methods.ts'
import type { TrialResult, Trial as Tried } from '../../helpers/trials/trial.ts'
import type { GateRun } from './gate.ts'
import type { Replay } from './parts/replay.ts'

/** A client under a scenario that the specs state a budget against the reference about. */
export interface StatedSubject {
  readonly client: Client
  readonly scenario: Scenario
  readonly stated: StatedThresholds
  /** Digest of what its trials are decided by: what is stated, what was tuned, the effort and the error rates. */
  readonly judgedBy: string
}

/** What the parts measure with; tests put others in its place. */
export interface Tools {
  /** Root of the project that is proved. */
  readonly root: string
  /** In the order of the specs. */
  readonly subjects: readonly StatedSubject[]
  /** Stated rate of false reds of one budget in one run. */
  readonly falseRedRate: number
  /** Trials of each case; undefined for the default of each part. */
  readonly trials: number | undefined
  /** Has a changed copy of a client decided about as the gate would. */
  decide(trial: Tried): Promise<TrialResult>
  /**
   * The tightest budget that catches so much and is not refused, with so many times the gate's replicates (default 1);
   * undefined where the client scatters too much for any.
   */
  strictest(subject: StatedSubject, catches: Percent, patience?: number): StatedThresholds | undefined
  /** The same drop by paired batches and under continuous load: ln of throughput, current against reference. */
  compare(comparison: Comparison): Promise<MethodsCompared>
  /** Digest of the effort of {@link compare}. */
  readonly comparedBy: string
  /** Runs the whole gate with a seed, and keeps its record. */
  runGate(seed: number): Promise<GateRun>
  /** Digest of what the whole gate takes its time for: all that is stated and tuned, and the effort. */
  readonly gatedBy: string
  /** Simulates runs of the gate from recorded ones; undefined where none is recorded. */
  openReplay(): Replay | undefined
}

/** What the specs state about a client under a scenario; undefined where they state nothing against the reference. */
export function subjectOf({ subjects }: Pick<Tools, 'subjects'>, client: string, scenario: string) {
  return subjects.find((each) => each.client.name === client && each.scenario.name === scenario)
}
