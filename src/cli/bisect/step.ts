import type { Interval } from '../../helpers/statistics/interval.ts'

/** What is to be measured: a version against another, with so much patience. */
export interface Question {
  readonly version: string
  readonly against: string
  /** 1 for the usual evidence, 2 for twice as much, and so on: a multiple of the replicates. */
  readonly patience: number
}

/** What became of measuring one version against another. */
export type Step =
  | {
      readonly state: 'pass' | 'regressed' | 'inconclusive'
      /** Ratio of throughput to what it was measured against, with its interval. */
      readonly throughput: Interval
      /** Why, in words. */
      readonly reason: string
    }
  /** It cannot be measured, as when it crashes on import or its answers are wrong. */
  | { readonly state: 'not measurable'; readonly reason: string }

/** A step that was taken. Of a version that was asked again, there is one for each time. */
export interface TakenStep extends Question {
  readonly step: Step
}

/** Measures. Throws only what is to end the search, such as an interruption. */
export type Measure = (question: Question) => Promise<Step>
