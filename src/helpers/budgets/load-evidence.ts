import type { LoadReplicate } from '../measure/result.ts'
import { type Case, nameOf } from './judgement.ts'
import { UsageError } from './usage-error.ts'

/**
 * The replicates of continuous load.
 *
 * @throws {UsageError} where the client was not loaded, so that the budget cannot be stated about it.
 */
export function measuredLoad(opened: Case): readonly LoadReplicate[] {
  const { load } = opened.measurement
  if (load.length > 0) return load
  throw new UsageError(
    `${nameOf(opened)}: needs continuous load, and was measured with \`underLoad: false\`; leave that option out of ` +
      '`measure`, or state only budgets against the reference',
  )
}
