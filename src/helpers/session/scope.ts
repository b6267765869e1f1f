import { AsyncLocalStorage } from 'node:async_hooks'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Entry } from './entry.ts'
import type { Measured } from './measured.ts'

/**
 * What belongs to one test: its measurements with their verdicts, and the signal that ends with it. A measurement that
 * outlives its test, after a time-out or without `await`, is given up, so that it does not count for anything else.
 */
export class Scope {
  readonly signal: AbortSignal
  readonly #verdicts = new Map<Measured, Verdict[]>()
  readonly #end = new AbortController()
  readonly #unawaited = new Map<Promise<unknown>, string>()
  readonly #failures: unknown[] = []

  /** @param signal Vitest's own, or that of the command, for time-outs and for cancelling. */
  constructor(signal?: AbortSignal) {
    this.signal = signal === undefined ? this.#end.signal : AbortSignal.any([signal, this.#end.signal])
  }

  /** As they are now. */
  get entries(): readonly Entry[] {
    return [...this.#verdicts].map(([{ measurement }, verdicts]) => ({ measurement, verdicts }))
  }

  add(measured: Measured): void {
    this.#verdicts.set(measured, [])
  }

  judge(measured: Measured, verdict: Verdict): void {
    this.#verdicts.get(measured)?.push(verdict)
  }

  /**
   * Has a test wait for something: when nobody does, it fails no other test, and is {@link forgotten}.
   *
   * @param what For the message, such as `measure(…)`.
   * @returns The same, which notices when it is awaited.
   */
  awaited<Value>(what: string, promise: Promise<Value>): Promise<Value> {
    promise.catch((error) => this.#failures.push(error))
    this.#unawaited.set(promise, what)
    const noticed = (): Promise<Value> => {
      this.#unawaited.delete(promise)
      return promise
    }
    // An object of its own, because `await` does not call the `then` of a promise.
    return {
      // biome-ignore lint/suspicious/noThenProperty: being awaited is what it is there to notice
      then: (...given) => noticed().then(...given),
      catch: (...given) => noticed().catch(...given),
      finally: (...given) => noticed().finally(...given),
      [Symbol.toStringTag]: 'Promise',
    }
  }

  /** What was thrown by what the test waits for, whether or not it caught that. */
  get failures(): readonly unknown[] {
    return this.#failures
  }

  /** What a test that has ended did not wait for. */
  get forgotten(): UsageError | undefined {
    if (this.#unawaited.size === 0) return undefined
    const what = [...new Set(this.#unawaited.values())].join(' and ')
    return new UsageError(`the test did not await ${what}; write \`await\` before every \`measure\` and \`expect\``)
  }

  end(): void {
    this.#end.abort(new UsageError('the test ended before its measurement; await what `measure` returns'))
  }
}

const scopes = new AsyncLocalStorage<Scope>()

/** Runs something, a test, so that what it measures belongs to the scope; others may run at the same time. */
export function inScope<Result>(scope: Scope, run: () => Result): Result {
  return scopes.run(scope, run)
}

let outside = (): Scope => new Scope()

/**
 * Says whose scope it is that code outside of {@link inScope} belongs to, by default one of its own: a runner may tell the test
 * at hand by other means, or know of none.
 *
 * @param scopeOutside May throw, which is what `measure` and `expect` do then.
 */
export function provideScope(scopeOutside: () => Scope): void {
  outside = scopeOutside
}

/** The scope of the code that runs. */
export function currentScope(): Scope {
  return scopes.getStore() ?? outside()
}
