import type { Evidence } from '../measure/result.ts'
import type { Interval } from '../statistics/interval.ts'

/** `no reference yet`: the client itself is new, so that there is nothing that it could have become worse than. */
export type VerdictState = 'pass' | 'regressed' | 'inconclusive' | 'invalid' | 'no reference yet'

/** What a measured value is counted in. A ratio is to what it is compared with. */
export type Unit =
  | 'ratio'
  | 'requests/s'
  | 'bytes per request'
  | 'connections'
  | 'connections per request'
  | 'share of batches'
  | 'full handshakes'
  | 'listeners'
  | 'errors'
  | 'ms'

/** What was decided about one budget, with everything that the decision rests on. */
export interface Verdict {
  readonly state: VerdictState
  readonly client: string
  readonly scenario: string
  /** The budget's name, e.g. `throughput against reference`. */
  readonly budget: string
  /** Why, in plain words. */
  readonly reason: string
  /** Absent when nothing was measured. An interval for what scatters, its bounds equal for what is counted. */
  readonly measured?: Interval
  readonly unit?: Unit
  readonly expected?: number
  /** Worst value that is tolerated, in the unit. */
  readonly tolerates?: number
  /** Value that goes red with high probability, in the unit. */
  readonly catches?: number
  /** What was compared with what. */
  readonly compared: string
  /** True when both arms were the same files: a red is then a false red, counted but no fault of the client. */
  readonly sameFiles: boolean
  /** True when the client's tree differs from its reference, so that inconclusive does not pass. */
  readonly treeChanged: boolean
  /** True when the budget was inconclusive in three runs running: it gates nothing until it is retuned. */
  readonly blind?: boolean
  /** True where the machine is not the one of the tuning, so that only a cliff is red. */
  readonly informs?: boolean
  /** Set while more evidence may decide it; never in what is recorded. */
  readonly openTo?: {
    readonly evidence: Evidence
    /** How many replicates of it there are. */
    readonly replicates: number
    /** How many more would decide it, if mean and scatter stayed; infinite where none would, or nobody can tell. */
    readonly missing: number
  }
}

/** The state in words; a red between the same files is told apart, because it is no fault of the client. */
export function kindOf({ state, sameFiles }: Verdict): VerdictState | 'false red' {
  return state === 'regressed' && sameFiles ? 'false red' : state
}

/** Whether it rests on a value that scatters, and not on one that was counted. */
export function restsOnScatter({ measured }: Verdict): boolean {
  return measured !== undefined && measured.level < 1
}

/** Whether the verdict fails its test and the run. */
export function isFailure({ state, sameFiles, treeChanged, blind = false }: Verdict, strict: boolean): boolean {
  switch (state) {
    case 'pass':
    // Or what adds a client could never be merged.
    case 'no reference yet':
      return false
    case 'regressed':
      return !sameFiles
    case 'inconclusive':
      return treeChanged || blind || strict
    case 'invalid':
      return true
  }
}
