import { exitCodeOf } from '../../helpers/budgets/exit-code.ts'
import type { ClientComparison, ComparisonReport } from '../../helpers/reports/comparison.ts'
import { CapReachedError } from '../../helpers/session/cap-reached-error.ts'
import type { ComparedSubject } from './subjects.ts'

/** What is the same in every report of a run. */
type Heading = Pick<ComparisonReport, 'machine' | 'base' | 'head' | 'unchanged' | 'removed' | 'earlierNoise'>

/** What of a run says nothing about one pair. */
export interface RunState {
  /** Whether somebody asked for its end. */
  readonly interrupted: boolean
  readonly strict: boolean
  readonly noise: number | undefined
}

/** What has become of each pair so far; a report can be made of it at any time, and is partial until {@link Results.end}. */
export class Results {
  readonly #subjects: readonly ComparedSubject[]
  readonly #heading: Heading
  readonly #compared: (ClientComparison | undefined)[]
  readonly #errors = new Map<number | 'noise', unknown>()
  #hasEnded = false

  constructor(subjects: readonly ComparedSubject[], heading: Heading) {
    this.#subjects = subjects
    this.#heading = heading
    this.#compared = subjects.map(() => undefined)
  }

  /** Keeps a result, also in the place of an earlier one of the pair. */
  keep(index: number, comparison: ClientComparison): void {
    this.#compared[index] = comparison
  }

  /** Keeps why a pair has no result, or no more than it had, or why there is no noise. */
  fail(index: number | 'noise', error: unknown): void {
    this.#errors.set(index, error)
  }

  /** Nothing more comes. */
  end(): void {
    this.#hasEnded = true
  }

  /** What is there, with the exit code that the run would have if it ended here: never 0 before its end. */
  report({ interrupted, strict, noise }: RunState): ComparisonReport {
    const compared = this.#compared.filter((each) => each !== undefined)
    const errors = [...this.#errors.values()]
    const isWrong = errors.some((error) => !(error instanceof CapReachedError))
    return {
      schemaVersion: 1,
      kind: 'comparison',
      date: new Date().toISOString(),
      ...this.#heading,
      compared,
      notMeasured: this.#subjects.flatMap(({ client, scenario }, index) =>
        this.#compared[index] === undefined
          ? [{ client: client.name, scenario: scenario.name, reason: this.#reasonOf(index, interrupted, isWrong) }]
          : [],
      ),
      ...(noise === undefined ? {} : { noise }),
      exitCode: exitCodeOf({
        verdicts: compared.flatMap(({ verdicts }) => verdicts),
        usage: isWrong,
        otherFailure: false,
        invalidMeasurements: false,
        interrupted: interrupted || !this.#hasEnded,
        // Where nothing is compared, the noise of the machine is for information.
        capReached: [...this.#errors].some(([place, error]) => place !== 'noise' && error instanceof CapReachedError),
        strict,
      }),
    }
  }

  #reasonOf(index: number, interrupted: boolean, isWrong: boolean): string {
    const error = this.#errors.get(index)
    // Its message names the pair, which stands beside the reason.
    if (error instanceof CapReachedError) return 'the time of the run was over: raise --cap, or measure less'
    if (error instanceof Error) return error.message
    if (error !== undefined) return String(error)
    if (interrupted) return 'interrupted'
    return isWrong ? 'the run ended with an error before' : 'not measured to its end yet'
  }
}
