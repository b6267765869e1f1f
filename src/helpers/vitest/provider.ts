/**
 * A benchmark provider for Vitest 5: `benchmark: { provider: 'wiregauge/vitest/provider' }`. Files with `bench` keep their
 * text; their benchmarks take turns in small batches, in fresh processes where that is possible.
 *
 * `toBeFasterThan` and `toBeSlowerThan` are replaced by ones that rest on the 95 % interval over the processes: a claim holds
 * where all of it says so, and `.not` where all of it says the opposite. Between them both fail as inconclusive, and so they do
 * where totals contradict the medians, or fewer than two fresh processes measured. `delta` is the share of the other's time by which it has to take less, or more: `{ delta: 0.1 }` is 10 %.
 * Default 0. Both results have to be of one `bench.compare`.
 *
 * `WIREGAUGE_BENCH_PROCESSES` says in how many fresh processes, one after the other: 1 to 99, default 6; with 1 nothing is claimed.
 * `WIREGAUGE_VITEST_CONFIG` names the configuration file of a run, from the working folder, where it is not found from the root:
 * Vitest tells no worker what its `--config` was. With `WIREGAUGE_SEED` the same turns are drawn again.
 *
 * @module
 */

import { type BenchmarkProvider, expect } from 'vitest'
import { benchMatchersWith } from './provider/bench-matchers.ts'
import { isReplicate, runGroup } from './provider/run-group.ts'

expect.extend(benchMatchersWith(isReplicate))

/** What Vitest hands groups of benchmarks to. */
const provider: BenchmarkProvider = { run: runGroup }

// Vitest takes the default export of a provider's module.
export default provider
