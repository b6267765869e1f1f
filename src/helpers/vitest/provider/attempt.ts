import type { BenchmarkGroup } from 'vitest'
import type { FreshProcesses } from './fresh-processes.ts'

/** One try of a test, with the groups that it has run so far. */
export interface Attempt {
  readonly seed: number
  readonly beganMs: number
  groups: number
  /** What fresh processes measured of the whole test; asked for by its first group. */
  fresh?: Promise<FreshProcesses>
  /** Whether it was told why there are no fresh processes, or not all. */
  told: boolean
}

const attempts = new WeakMap<object, { readonly tries: string; readonly attempt: Attempt }>()

/** The try that a test is at; a retry and a repetition begin anew. */
export function attemptOf(test: BenchmarkGroup['test'], begin: () => { seed: number; beganMs: number }): Attempt {
  const { retryCount = 0, repeatCount = 0 } = test.result ?? {}
  const tries = `${retryCount} ${repeatCount}`
  const known = attempts.get(test)
  if (known?.tries === tries) return known.attempt
  const attempt = { ...begin(), groups: 0, told: false }
  attempts.set(test, { tries, attempt })
  return attempt
}
