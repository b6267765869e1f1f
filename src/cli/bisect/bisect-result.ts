import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import type { Interval } from '../../helpers/statistics/interval.ts'
import type { Candidates } from './candidates.ts'
import { type Cut, cutExitCode } from './cut.ts'
import type { SizeMatch } from './sizes.ts'
import type { Step, TakenStep } from './step.ts'

/** How a search ended. */
export type BisectOutcome =
  | {
      readonly kind: 'culprit'
      readonly culprit: string
      /** The version before it, which is not slow yet. */
      readonly before: string
      /** The culprit against the version before it. */
      readonly step: Step
      /** Between the ends, the bad one against the good one. */
      readonly ends: Interval
      /** Whether the culprit's size is that between the ends; absent where its own could not be measured. */
      readonly sizes?: SizeMatch
    }
  /** One of these brought it; which one cannot be told. */
  | {
      readonly kind: 'suspects'
      /** In order. The versions before the first are not slow, the last one is. */
      readonly suspects: readonly string[]
      readonly before: string
      readonly ends: Interval
      readonly reason: string
    }
  /** The bad end is not slower than the good one, so that there is nothing to look for. */
  | { readonly kind: 'no regression'; readonly ends: Interval; readonly reason: string }
  /** With all the evidence that is allowed, it cannot be told whether the bad end is slower. */
  | { readonly kind: 'undecided'; readonly ends: Interval; readonly reason: string }
  /** One of the ends cannot be measured. */
  | { readonly kind: 'not measurable'; readonly reason: string }
  /** It was given up before its end, with what was known by then. */
  | (Cut & {
      readonly kind: 'cut'
      /** What was left to search; absent while the ends themselves are not told apart. */
      readonly left?: {
        /** In order: one of them brought it. */
        readonly suspects: readonly string[]
        readonly before: string
        readonly ends: Interval
      }
    })

/** What `wiregauge bisect` found. Plain data. */
export interface BisectResult {
  readonly good: string
  readonly bad: string
  /** How many versions were searched, both ends included. */
  readonly versions: number
  readonly leftOut: Candidates['leftOut']
  readonly path: readonly TakenStep[]
  /** Versions that could not be measured, with the reasons; they were stepped around. */
  readonly stepped: readonly { readonly version: string; readonly reason: string }[]
  readonly outcome: BisectOutcome
}

/** The exit code: as everywhere, 1 where something regressed and is known, 3 where it cannot be told (DESIGN section 5). */
export function bisectExitCode({ outcome }: Pick<BisectResult, 'outcome'>): number {
  switch (outcome.kind) {
    case 'culprit':
      return exitCodes.regressed
    case 'suspects':
    case 'undecided':
      return exitCodes.inconclusive
    case 'no regression':
      return exitCodes.pass
    case 'not measurable':
      return exitCodes.invalid
    case 'cut':
      return cutExitCode(outcome)
  }
}
