import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Measurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'

/**
 * What belongs to one test: its measurements, and the signal that ends with it. A measurement that outlives its test,
 * after a time-out or without `await`, is given up, so that it neither disturbs the next test nor counts as its own.
 */
export class TestScope {
  readonly entries: (Entry & { verdicts: Verdict[] })[] = []
  readonly signal: AbortSignal
  readonly #end = new AbortController()

  /** @param signal Vitest's own, for time-outs and for cancelling. */
  constructor(signal?: AbortSignal) {
    this.signal = signal === undefined ? this.#end.signal : AbortSignal.any([signal, this.#end.signal])
  }

  add(measurement: Measurement): void {
    this.entries.push({ measurement, verdicts: [] })
  }

  judge(measurement: Measurement, verdict: Verdict): void {
    this.entries.find((entry) => entry.measurement === measurement)?.verdicts.push(verdict)
  }

  end(): void {
    this.#end.abort(new UsageError('the test ended before its measurement; await what `measure` returns'))
  }
}
