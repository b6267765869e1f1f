import type { BenchmarkGroup } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import type { FreshProcesses } from './fresh-processes.ts'

/** The try of a test, with the groups that it has run so far. */
export interface Attempt {
  readonly seed: number
  readonly beganMs: number
  groups: number
  /** What fresh processes measured of the whole test; asked for by its first group. */
  fresh?: Promise<FreshProcesses>
  /** Whether it was told why there are no fresh processes, or not all. */
  told: boolean
}

const attempts = new WeakMap<object, Attempt>()

/**
 * The one try of a test.
 *
 * @throws {UsageError} in a retry or repetition: a claim that is tried until it holds is none. More evidence is the retry.
 */
export function attemptOf(test: BenchmarkGroup['test'], begin: () => { seed: number; beganMs: number }): Attempt {
  refuseRepeats(test)
  const known = attempts.get(test)
  if (known !== undefined) return known
  const attempt = { ...begin(), groups: 0, told: false }
  attempts.set(test, attempt)
  return attempt
}

/** @throws {UsageError} in a retry or repetition of a test. */
export function refuseRepeats({ result }: Pick<BenchmarkGroup['test'], 'result'>): void {
  const { retryCount = 0, repeatCount = 0 } = result ?? {}
  if (retryCount === 0 && repeatCount === 0) return
  const option = retryCount > 0 ? 'retry' : 'repeats'
  throw new UsageError(
    `benchmarks are not measured again by Vitest's \`${option}\`, which would try a claim until it holds; set it to 0, and for ` +
      'more evidence measure longer (`time`) or in more processes (WIREGAUGE_BENCH_PROCESSES)',
  )
}
