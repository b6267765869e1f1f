import type { Vitest } from 'vitest/node'
import { measuringFlags } from '../measure/environment.ts'
import { type Machine, thisMachine } from '../measure/machine.ts'
import type { RunOptions } from '../runner/run-options.ts'

/**
 * The run that a test was measured in. Every test carries it, because a blob holds tests alone: where shards are merged, neither
 * their options nor their machines are there.
 */
export interface RunOrigin {
  /** Drawn for the run, so that tests of one run are known as such. */
  readonly id: string
  readonly startedAt: string
  readonly seed: number
  readonly strict: boolean
  readonly machine: Machine
  /** Node flags of the measuring processes. */
  readonly flags: readonly string[]
  /** Which part of the whole it was; absent without `--shard`. */
  readonly shard?: { readonly index: number; readonly count: number }
  /** Whether only some files or tests were asked for, by their names or by what changed. */
  readonly selected: boolean
  /** Whether tests were chosen by their tags. */
  readonly tagged: boolean
}

/** The origin of the tests of a run that begins now. @param vitest As it was called. */
export function originOf(
  vitest: Pick<Vitest, 'config' | 'getGlobalTestNamePattern'>,
  id: string,
  { seed, strict }: RunOptions,
): RunOrigin {
  const { shard, changed, related = [], tagsFilter = [] } = vitest.config
  // Has no type; where it is gone, a merge asks for files that a filter left out.
  const { filenamePattern = [] } = vitest as { filenamePattern?: readonly string[] }
  const named = filenamePattern.length > 0 || vitest.getGlobalTestNamePattern() !== undefined
  return {
    id,
    startedAt: new Date().toISOString(),
    seed,
    strict,
    machine: thisMachine(),
    flags: measuringFlags,
    ...(shard && { shard: { index: shard.index, count: shard.count } }),
    selected: named || Boolean(changed) || related.length > 0,
    tagged: tagsFilter.length > 0,
  }
}
