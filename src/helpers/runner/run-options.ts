import { defaultKeep, keepIn, keepRange } from '../reports/history/keep-run.ts'
import { capIn, capRange } from '../session/cap.ts'
import { drawSeed, seedIn, seedRange } from '../session/seed.ts'
import type { Base } from '../trees/merge-base.ts'
import { namedBase } from './named-base.ts'

/** How a run was asked for in the environment. */
export interface RunOptions {
  /** Everything drawn in the run follows from it. */
  readonly seed: number
  readonly strict: boolean
  /** After so many seconds no budget gets more evidence; absent where nobody gave a cap. */
  readonly capSeconds?: number
  /** The most runs that stay in the history. */
  readonly keep: number
  /** The branch whose merge base own code is compared with; absent where that of the budget file counts. */
  readonly base?: Base
  /** What is wrong with the environment; the first session that is opened fails with it. */
  readonly problem?: string
}

/**
 * Reads `WIREGAUGE_SEED`, by default drawn, `WIREGAUGE_STRICT`, `WIREGAUGE_CAP_SECONDS` and `WIREGAUGE_KEEP`; and the base from
 * `WIREGAUGE_BASE`, or of a pull request from GitHub's own `GITHUB_BASE_REF`.
 */
export function runOptionsFrom(environment: NodeJS.ProcessEnv): RunOptions {
  const {
    WIREGAUGE_SEED: given,
    WIREGAUGE_STRICT: strict = '',
    WIREGAUGE_CAP_SECONDS: cap,
    WIREGAUGE_KEEP: kept,
  } = environment
  const seed = given === undefined ? drawSeed() : seedIn(given)
  const capSeconds = cap === undefined ? undefined : capIn(cap)
  const keep = kept === undefined ? defaultKeep : keepIn(kept)
  const base = namedBase(environment)
  const problem =
    (seed === undefined ? wrong('WIREGAUGE_SEED', given, seedRange) : undefined) ??
    (['1', '0', ''].includes(strict) ? undefined : wrong('WIREGAUGE_STRICT', strict, "'1', '0' or nothing")) ??
    (cap !== undefined && capSeconds === undefined ? wrong('WIREGAUGE_CAP_SECONDS', cap, capRange) : undefined) ??
    (keep === undefined ? wrong('WIREGAUGE_KEEP', kept, keepRange) : undefined)
  return {
    seed: seed ?? 0,
    strict: strict === '1',
    keep: keep ?? defaultKeep,
    ...(capSeconds === undefined ? {} : { capSeconds }),
    ...(base === undefined ? {} : { base }),
    ...(problem === undefined ? {} : { problem }),
  }
}

function wrong(variable: string, value: string | undefined, expected: string): string {
  return `${variable} is ${JSON.stringify(value)}; expected ${expected}`
}
