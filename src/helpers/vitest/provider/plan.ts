import type { BenchRunOptions } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'

/** Whatever a phase is called with: warming up, or measuring. */
export type Phase = 'warmup' | 'run'

/** What a group of benchmarks was asked for, with tinybench's defaults where nothing was said. */
export interface BenchPlan {
  /** Measuring time of a benchmark, of all processes together, in milliseconds. */
  readonly timeMs: number
  /** The least calls of a benchmark, in all processes together. */
  readonly iterations: number
  /** In every process, because each begins cold; absent for `warmup: false`. */
  readonly warmUp?: { readonly timeMs: number; readonly iterations: number }
  readonly retainSamples: boolean
  readonly signal?: AbortSignal
  readonly setup?: BenchRunOptions['setup']
  readonly teardown?: BenchRunOptions['teardown']
}

/** Of `bench(name, options, fn)`; Vitest takes its own out before a provider sees them. */
const ofFunctions = ['async', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'retainSamples', 'signal']

/** Of `bench.compare(…, options)` and `.run(options)`. `throws` changes nothing: a failure fails the test in any case. */
const ofRuns = ['name', 'time', 'iterations', 'warmup', 'warmupTime', 'warmupIterations', 'setup', 'teardown']
const beside = ['retainSamples', 'signal', 'throws']

/** What tinybench has and taking turns cannot have, with the reason. */
const refused: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  concurrency: (value) =>
    value === null || value === undefined
      ? undefined
      : 'benchmarks take turns, one call at a time; what is to run at once belongs into the function (Promise.all)',
  threshold: (value) =>
    value === Number.POSITIVE_INFINITY || value === undefined
      ? undefined
      : 'it belongs to concurrency, which is refused',
  now: () => 'all arms are timed by the clock of the process',
  timestampProvider: () => 'all arms are timed by the clock of the process',
  subtractTimerOverhead: (value) =>
    value === true ? 'the clock is read once a batch, so that there is next to nothing to take off' : undefined,
}

/**
 * What a run of a group is to do.
 *
 * @param retainSamples Of the configuration; an option of the run goes before it.
 * @throws {UsageError} for an option that is not honoured, by its name and with the reason.
 */
export function planOf(options: BenchRunOptions = {}, retainSamples = false): BenchPlan {
  refuse(options, [...ofRuns, ...beside])
  const { time, iterations, warmup = true, warmupTime, warmupIterations, signal, setup, teardown } = options
  return {
    timeMs: amount('time', time, 1_000),
    iterations: amount('iterations', iterations, 64),
    retainSamples: options.retainSamples ?? retainSamples,
    ...(warmup && {
      warmUp: {
        timeMs: amount('warmupTime', warmupTime, 250),
        iterations: amount('warmupIterations', warmupIterations, 16),
      },
    }),
    ...(signal && { signal }),
    ...(setup && { setup }),
    ...(teardown && { teardown }),
  }
}

/** @throws {UsageError} for an option of a single benchmark that is not honoured. */
export function refuseUnknown(options: object | undefined): void {
  refuse(options ?? {}, ofFunctions)
}

function refuse(options: object, known: readonly string[]): void {
  for (const [option, value] of Object.entries(options)) {
    if (known.includes(option)) continue
    const judge = refused[option]
    const reason = judge === undefined ? 'nobody knows it' : judge(value)
    if (reason !== undefined) {
      throw new UsageError(`wiregauge's benchmark provider does not take the option \`${option}\`: ${reason}`)
    }
  }
}

function amount(option: string, given: number | undefined, otherwise: number): number {
  const value = given ?? otherwise
  if (Number.isFinite(value) && value >= 0) return value
  throw new UsageError(`the option \`${option}\` is ${value}; expected a number of 0 or more`)
}
