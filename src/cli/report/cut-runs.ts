import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { minuteOf } from '../../helpers/reports/figures.ts'
import type { RunDigest } from '../../helpers/reports/history/run-digest.ts'

/** Which runs there are, the oldest first, and what is known of them together. */
interface Runs {
  readonly runs: readonly Pick<RunDigest, 'startedAt' | 'state' | 'exitCode'>[]
  /** Whether they are all parts of one run; otherwise the last of them is the one that the result is about. */
  readonly shards: boolean
  /** What the results come to, which a shard may differ from by what is no result, such as a plain assertion. */
  readonly exitCode: number
}

/** Runs that did not come to their end, or that ended otherwise than the results tell, a sentence each. */
export function cutRuns({ runs, shards, exitCode }: Runs): readonly string[] {
  const known: readonly (number | undefined)[] = [exitCodes.pass, exitCode]
  return (shards ? runs : runs.slice(-1)).flatMap((run) => {
    const name = `the run of ${minuteOf(run.startedAt)}`
    if (run.state === 'running') return [`${name} goes on or was killed`]
    if (run.state === 'partial') return [`${name} is partial`]
    return shards && !known.includes(run.exitCode) ? [`${name} ended with exit code ${run.exitCode ?? 'none'}`] : []
  })
}
