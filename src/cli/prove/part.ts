import type { PartName, Trial } from './proof.ts'

/** Something to be tried again and again. */
export interface Case {
  readonly part: PartName
  /** Its name in the proof; unique within its part. */
  readonly name: string
  /** Digest of what its trials are made of and decided by; trials with another one are not counted. */
  readonly judgedBy?: string
  /** How many trials there are to be. */
  readonly wanted: number
  /** Makes one trial. */
  try(seed: number): Promise<Trial>
}

/** What the trials of a part come to. */
export interface PartResult {
  readonly part: PartName
  /** For `--json`. */
  readonly summary: object
  /** For people: tables, charts and sentences. */
  readonly text: string
  /** Why the check failed, a sentence each; empty when it did not. */
  readonly failures: readonly string[]
  /** What its trials, as many as are wanted, still leave open, a sentence each. Default nothing. */
  readonly missing?: readonly string[]
}

/** What the cases of a part have not shown for want of trials, a sentence each. */
export function notTried(cases: readonly Case[], trials: readonly Trial[]): readonly string[] {
  if (cases.length === 0) return ['there is nothing to try']
  return cases.flatMap((each) => {
    const made = trials.filter((trial) => isTrialOf(trial, each)).length
    return made < each.wanted ? [`tried ${made} of ${each.wanted} times: ${each.name}`] : []
  })
}

/** Whether a trial is one of a case. */
export function isTrialOf(trial: Trial, { part, name, judgedBy }: Case): boolean {
  return trial.part === part && trial.case === name && trial.judgedBy === judgedBy
}
