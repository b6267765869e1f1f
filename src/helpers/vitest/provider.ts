/**
 * A benchmark provider for Vitest 5: `benchmark: { provider: 'wiregauge/vitest/provider' }`. Files with `bench` keep their
 * text; their benchmarks take turns in small batches, in fresh processes where that is possible, and `toBeFasterThan` and
 * `toBeSlowerThan` rest on the interval of the comparison.
 */
import { type BenchmarkProvider, expect } from 'vitest'
import { benchMatchersWith } from './provider/bench-matchers.ts'
import { isReplicate, runGroup } from './provider/run-group.ts'

expect.extend(benchMatchersWith(isReplicate))

const provider: BenchmarkProvider = { run: runGroup }

// Vitest takes the default export of a provider's module.
export default provider
